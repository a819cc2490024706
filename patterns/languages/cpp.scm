(call_expression) @call
(binary_expression operator: "<<") @stream

; Scopes, and what functions are given.
(class_specifier name: (_) @class.name body: (_)) @class
(struct_specifier name: (_) @class.name body: (_)) @class
(function_definition
  declarator: (function_declarator
    declarator: [(identifier) (field_identifier) (qualified_identifier)
                 (destructor_name)] @function.name)) @function
(function_definition
  declarator: (reference_declarator
    (function_declarator
      declarator: [(identifier) (field_identifier) (qualified_identifier)]
        @function.name))) @function
(optional_parameter_declaration declarator: (identifier) @parameter)
(parameter_declaration
  declarator: (reference_declarator (identifier) @parameter))
(field_declaration type: (_) @typed.type declarator: (field_identifier) @typed.name)
(field_declaration
  type: (_) @typed.type
  declarator: (pointer_declarator declarator: (field_identifier) @typed.name))
(parameter_declaration
  type: (_) @typed.type
  declarator: (reference_declarator (identifier) @typed.name))
(parameter_declaration
  type: (_) @typed.type declarator: (identifier) @typed.name)
(declaration type: (_) @typed.type declarator: (identifier) @typed.name)
(function_definition
  declarator: (pointer_declarator
    declarator: (function_declarator
      declarator: (identifier) @function.name))) @function
(parameter_declaration declarator: (identifier) @parameter)
(parameter_declaration
  declarator: (pointer_declarator declarator: (identifier) @parameter))
(parameter_declaration
  declarator: (array_declarator declarator: (identifier) @parameter))

; What a name is given.
(init_declarator declarator: (identifier) @define.name value: (_) @define.value)
(init_declarator
  declarator: (pointer_declarator declarator: (identifier) @define.name)
  value: (_) @define.value)
(init_declarator
  declarator: (array_declarator declarator: (identifier) @define.name)
  value: (_) @define.value)
(init_declarator
  declarator: (reference_declarator (identifier) @define.name)
  value: (_) @define.value)
(field_declaration
  declarator: (field_identifier) @define.name default_value: (_) @define.value)
(assignment_expression
  left: (identifier) @define.append operator: "+=" right: (_) @define.value)
(for_range_loop declarator: (identifier) @define.opaque)
(assignment_expression
  left: (identifier) @define.name operator: "=" right: (_) @define.value)
(preproc_def name: (identifier) @define.name value: (_) @define.value)

; A macro that takes arguments is a function to whoever calls it.
(preproc_function_def
  name: (identifier) @macro.name
  parameters: (preproc_params) @macro.parameters
  value: (_) @macro.body)
