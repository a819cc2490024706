(method_invocation) @call

(package_declaration (_) @module)

; Scopes, and what methods are given.
(class_declaration name: (identifier) @class.name) @class
(interface_declaration name: (identifier) @class.name) @class
(enum_declaration name: (identifier) @class.name) @class
(record_declaration name: (identifier) @class.name) @class
(method_declaration name: (identifier) @function.name) @function
(constructor_declaration name: (identifier) @function.name) @function
(compact_constructor_declaration name: (identifier) @function.name) @function
(method_declaration
  parameters: (formal_parameters
    (formal_parameter name: (identifier) @parameter)))
(constructor_declaration
  parameters: (formal_parameters
    (formal_parameter name: (identifier) @parameter)))
(spread_parameter (variable_declarator name: (identifier) @parameter))
(formal_parameter type: (_) @typed.type name: (identifier) @typed.name)

; What a name is given.
(variable_declarator name: (identifier) @define.name value: (_) @define.value)
(assignment_expression
  left: (identifier) @define.name operator: "=" right: (_) @define.value)
(assignment_expression
  left: (field_access object: (_) @define.object
                      field: (identifier) @define.name)
  operator: "=" right: (_) @define.value)
(assignment_expression
  left: (identifier) @define.append operator: "+=" right: (_) @define.value)
(expression_statement (method_invocation) @append)
(field_declaration
  type: (_) @typed.type
  declarator: (variable_declarator name: (identifier) @typed.name))
(local_variable_declaration
  type: (_) @typed.type
  declarator: (variable_declarator name: (identifier) @typed.name))

; What makes the value of a name unknown.
(enhanced_for_statement name: (identifier) @define.opaque)
(catch_formal_parameter name: (identifier) @define.opaque)
(lambda_expression parameters: (identifier) @define.opaque)
(inferred_parameters (identifier) @define.opaque)
