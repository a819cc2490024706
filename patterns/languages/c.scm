(call_expression) @call

; Scopes, and what functions are given.
(function_definition
  declarator: (function_declarator
    declarator: (identifier) @function.name)) @function
(function_definition
  declarator: (pointer_declarator
    declarator: (function_declarator
      declarator: (identifier) @function.name))) @function
(parameter_declaration declarator: (identifier) @parameter)
(parameter_declaration
  declarator: (pointer_declarator declarator: (identifier) @parameter))
(parameter_declaration
  declarator: (array_declarator declarator: (identifier) @parameter))

(declaration type: (_) @typed.type declarator: (identifier) @typed.name)
(parameter_declaration
  type: (_) @typed.type declarator: (identifier) @typed.name)

; What a name is given.
(init_declarator declarator: (identifier) @define.name value: (_) @define.value)
(init_declarator
  declarator: (pointer_declarator declarator: (identifier) @define.name)
  value: (_) @define.value)
(init_declarator
  declarator: (array_declarator declarator: (identifier) @define.name)
  value: (_) @define.value)
(assignment_expression
  left: (identifier) @define.name operator: "=" right: (_) @define.value)
(preproc_def name: (identifier) @define.name value: (_) @define.value)

; A macro that takes arguments is a function to whoever calls it.
(preproc_function_def
  name: (identifier) @macro.name
  parameters: (preproc_params) @macro.parameters
  value: (_) @macro.body)
