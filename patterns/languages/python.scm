; Every call; the table beside this file says which of them log.
(call) @call

; Scopes, and what functions are given.
(function_definition name: (identifier) @function.name) @function
(class_definition name: (identifier) @class.name) @class
(parameters (identifier) @parameter)
(parameters (default_parameter name: (identifier) @parameter))
(parameters (typed_parameter (identifier) @parameter))
(parameters (list_splat_pattern (identifier) @parameter))
(parameters (typed_parameter (list_splat_pattern (identifier) @parameter)))
(parameters (typed_default_parameter name: (identifier) @parameter))
(typed_parameter (identifier) @typed.name type: (_) @typed.type)
(typed_default_parameter name: (identifier) @typed.name type: (_) @typed.type)

; What a name is given.
(assignment left: (identifier) @define.name right: (_) @define.value)
(assignment
  left: (attribute object: (identifier) @define.object
                   attribute: (identifier) @define.name)
  right: (_) @define.value)
(named_expression name: (identifier) @define.name value: (_) @define.value)
(augmented_assignment
  left: (identifier) @define.append operator: "+=" right: (_) @define.value)
(assignment left: (identifier) @typed.name type: (_) @typed.type)

; def f(task, info=logger.info)
(default_parameter name: (identifier) @define.name value: (attribute) @define.value)

; What makes the value of a name unknown.
(augmented_assignment
  left: (attribute object: (identifier) @define.object
                   attribute: (identifier) @define.opaque))
(for_statement left: (identifier) @define.opaque)
(for_statement left: (pattern_list (identifier) @define.opaque))
(for_in_clause left: (identifier) @define.opaque)
(assignment left: (pattern_list (identifier) @define.opaque))
(as_pattern_target (identifier) @define.opaque)
(lambda_parameters (identifier) @define.opaque)
