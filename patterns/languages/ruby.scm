(call) @call

; Scopes, and what methods are given.
(class name: (_) @class.name) @class
(module name: (_) @class.name) @class
(method name: (_) @function.name) @function
(singleton_method name: (_) @function.name) @function
(method_parameters (identifier) @parameter)
(method_parameters (optional_parameter name: (identifier) @parameter))
(method_parameters (keyword_parameter name: (identifier) @parameter))
(method_parameters (splat_parameter name: (identifier) @parameter))

; What a name is given.
(assignment
  left: [(identifier) (constant) (instance_variable) (class_variable)
         (global_variable)] @define.name
  right: (_) @define.value)
(operator_assignment
  left: (identifier) @define.append operator: "+=" right: (_) @define.value)

; What makes the value of a name unknown.
(block_parameters (identifier) @define.opaque)
(exception_variable (identifier) @define.opaque)

; A text that begins on the next line.
(heredoc_beginning) @heredoc
(heredoc_body) @heredoc.body
