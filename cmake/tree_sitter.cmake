# The tree-sitter core and the grammars that third_party/grammars/package-lock.json
# pins, as one static library.  Its object files depend on nothing of ours, so that
# ccache shares them between all presets.
set(LOGSPILL_GRAMMARS c cpp go java javascript python ruby rust typescript tsx)

set(grammars_folder ${PROJECT_SOURCE_DIR}/third_party/grammars)
set(node_modules ${grammars_folder}/node_modules)
execute_process(COMMAND ${grammars_folder}/fetch RESULT_VARIABLE fetched)
if(NOT fetched EQUAL 0)
  message(FATAL_ERROR "${grammars_folder}/fetch failed; it needs npm")
endif()

set(tree_sitter_core ${node_modules}/tree-sitter/vendor/tree-sitter/lib)
set(tree_sitter_sources ${tree_sitter_core}/src/lib.c)
set(grammar_declarations "")
set(grammar_rows "")
foreach(grammar IN LISTS LOGSPILL_GRAMMARS)
  set(folder ${node_modules}/tree-sitter-${grammar}/src)
  if(grammar MATCHES "^(typescript|tsx)$")  # one package, two grammars
    set(folder ${node_modules}/tree-sitter-typescript/${grammar}/src)
  endif()
  list(APPEND tree_sitter_sources ${folder}/parser.c)
  if(EXISTS ${folder}/scanner.c)
    list(APPEND tree_sitter_sources ${folder}/scanner.c)
  endif()
  set_source_files_properties(${folder}/parser.c ${folder}/scanner.c PROPERTIES
    INCLUDE_DIRECTORIES ${folder})
  # Tables and one function; more would cost minutes and gain nothing.
  set_source_files_properties(${folder}/parser.c PROPERTIES
    COMPILE_OPTIONS -O1)
  string(APPEND grammar_declarations
    "extern \"C\" const TSLanguage* tree_sitter_${grammar}(void);\n")
  string(APPEND grammar_rows "    {\"${grammar}\", tree_sitter_${grammar}},\n")
endforeach()

add_library(logspill_tree_sitter STATIC ${tree_sitter_sources})
target_include_directories(logspill_tree_sitter SYSTEM
  PUBLIC ${tree_sitter_core}/include PRIVATE ${tree_sitter_core}/src)
target_compile_options(logspill_tree_sitter PRIVATE -w)
# A parser is of use only when it is optimised, whatever the preset.
target_compile_options(logspill_tree_sitter PRIVATE -O2)
set_target_properties(logspill_tree_sitter PROPERTIES C_STANDARD 11)
target_compile_definitions(logspill_tree_sitter PRIVATE _DEFAULT_SOURCE)

# Which grammars there are, for scanner/callsite/syntax.cc.
configure_file(${PROJECT_SOURCE_DIR}/cmake/grammars.inc.in
               ${CMAKE_CURRENT_BINARY_DIR}/generated/grammars.inc @ONLY)
target_include_directories(logspill_tree_sitter SYSTEM
  PUBLIC ${CMAKE_CURRENT_BINARY_DIR}/generated)
