(call_expression) @call

; Scopes, and what functions are given.
(class_declaration name: (type_identifier) @class.name) @class
(abstract_class_declaration name: (type_identifier) @class.name) @class
(function_declaration name: (identifier) @function.name) @function
(generator_function_declaration name: (identifier) @function.name) @function
(method_definition name: (_) @function.name) @function
(variable_declarator
  name: (identifier) @function.name
  value: [(arrow_function) (function_expression)] @function)
(assignment_expression
  left: (member_expression property: (property_identifier) @function.name)
  right: [(arrow_function) (function_expression)] @function)
(pair
  key: (property_identifier) @function.name
  value: [(arrow_function) (function_expression)] @function)
(required_parameter pattern: (identifier) @parameter)
(optional_parameter pattern: (identifier) @parameter)
(required_parameter pattern: (rest_pattern (identifier) @parameter))
(required_parameter
  pattern: (identifier) @typed.name type: (type_annotation (_) @typed.type))
(optional_parameter
  pattern: (identifier) @typed.name type: (type_annotation (_) @typed.type))
(public_field_definition
  name: (property_identifier) @typed.name type: (type_annotation (_) @typed.type))
(variable_declarator
  name: (identifier) @typed.name type: (type_annotation (_) @typed.type))

; What a name is given.
(variable_declarator name: (identifier) @define.name value: (_) @define.value)
(assignment_expression
  left: (identifier) @define.name right: (_) @define.value)
(assignment_expression
  left: (member_expression object: (_) @define.object
                           property: (property_identifier) @define.name)
  right: (_) @define.value)
(public_field_definition name: (property_identifier) @define.name
           value: (_) @define.value)
(augmented_assignment_expression
  left: (identifier) @define.append operator: "+=" right: (_) @define.value)

; What makes the value of a name unknown.
(for_in_statement left: (identifier) @define.opaque)
(arrow_function parameter: (identifier) @define.opaque)
(catch_clause parameter: (identifier) @define.opaque)
(shorthand_property_identifier_pattern) @define.opaque
