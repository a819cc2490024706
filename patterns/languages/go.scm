(call_expression) @call

; Scopes, and what functions are given.
(function_declaration name: (identifier) @function.name) @function
(method_declaration
  receiver: (parameter_list (parameter_declaration type: (_) @function.owner))
  name: (field_identifier) @function.name) @function
(function_declaration
  parameters: (parameter_list
    [(parameter_declaration name: (identifier) @parameter)
     (variadic_parameter_declaration name: (identifier) @parameter)]))
(method_declaration
  parameters: (parameter_list
    [(parameter_declaration name: (identifier) @parameter)
     (variadic_parameter_declaration name: (identifier) @parameter)]))
(parameter_declaration name: (identifier) @typed.name type: (_) @typed.type)
(field_declaration name: (field_identifier) @typed.name type: (_) @typed.type)
(var_spec name: (identifier) @typed.name type: (_) @typed.type)

; What a name is given.
(const_spec name: (identifier) @define.name
            value: (expression_list . (_) @define.value .))
(var_spec name: (identifier) @define.name
          value: (expression_list . (_) @define.value .))
(short_var_declaration
  left: (expression_list . (identifier) @define.name)
  right: (expression_list . (_) @define.value .))
(assignment_statement
  left: (expression_list . (identifier) @define.name .)
  operator: "=" right: (expression_list . (_) @define.value .))
(assignment_statement
  left: (expression_list . (identifier) @define.append .)
  operator: "+=" right: (expression_list . (_) @define.value .))
(keyed_element
  key: (literal_element (identifier) @define.name)
  value: (literal_element (call_expression) @define.value))

; What makes the value of a name unknown.
(range_clause left: (expression_list (identifier) @define.opaque))
(func_literal
  parameters: (parameter_list
    (parameter_declaration name: (identifier) @define.opaque)))
