(invocation_expression) @call

(class_declaration name: (identifier) @class.name) @class
(method_declaration name: (identifier) @function.name) @function
(constructor_declaration name: (identifier) @function.name) @function
(parameter name: (identifier) @parameter)
(parameter type: (_) @typed.type name: (identifier) @typed.name)
(variable_declaration
  type: (_) @typed.type (variable_declarator name: (identifier) @typed.name))
(variable_declarator name: (identifier) @define.name "=" (_) @define.value)
(assignment_expression
  left: (identifier) @define.append operator: "+=" right: (_) @define.value)
(foreach_statement left: (identifier) @define.opaque)
