; Where a log call may stand.  The table beside this file says which receivers and
; methods make it one.
(call
  function: (attribute
    object: (_) @receiver
    attribute: (identifier) @method)
  arguments: (argument_list) @arguments) @call

; Scopes.
(function_definition name: (identifier) @function.name) @function
(class_definition name: (identifier) @class.name) @class

; What a name is given.
(assignment left: (identifier) @define.name right: (_) @define.value)
(assignment
  left: (attribute object: (identifier) @define.object
                   attribute: (identifier) @define.name)
  right: (_) @define.value)
(named_expression name: (identifier) @define.name value: (_) @define.value)

; What makes the value of a name unknown.
(augmented_assignment left: (identifier) @define.opaque)
(augmented_assignment
  left: (attribute object: (identifier) @define.object
                   attribute: (identifier) @define.opaque))
(for_statement left: (identifier) @define.opaque)
(for_statement left: (pattern_list (identifier) @define.opaque))
(for_in_clause left: (identifier) @define.opaque)
(assignment left: (pattern_list (identifier) @define.opaque))
(as_pattern_target (identifier) @define.opaque)
(parameters (identifier) @define.opaque)
(parameters (default_parameter name: (identifier) @define.opaque))
(parameters (typed_parameter (identifier) @define.opaque))
(parameters (typed_default_parameter name: (identifier) @define.opaque))
(lambda_parameters (identifier) @define.opaque)
