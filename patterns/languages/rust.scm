(macro_invocation) @call
(call_expression) @call

; Scopes, and what functions are given.
(function_item name: (identifier) @function.name) @function
(impl_item type: (_) @class.name) @class
(trait_item name: (type_identifier) @class.name) @class
(parameter pattern: (identifier) @parameter)
(parameter pattern: (identifier) @typed.name type: (_) @typed.type)

; What a name is given.
(const_item name: (identifier) @define.name value: (_) @define.value)
(static_item name: (identifier) @define.name value: (_) @define.value)
(let_declaration pattern: (identifier) @define.name value: (_) @define.value)
(assignment_expression left: (identifier) @define.name right: (_) @define.value)

; What makes the value of a name unknown.
(compound_assignment_expr left: (identifier) @define.opaque)
(for_expression pattern: (identifier) @define.opaque)
(closure_parameters (identifier) @define.opaque)
