// Configuration of log pipelines that replaces the values of rules, from
// templates: one file of patterns/pipelines a pipeline.
//
// A pipeline knows forms, not whose a value is: it replaces what looks like a
// value of the rule.
//
// Lifetime:  a Pipeline owns its text.
// Threads:   pure functions.
// Errors:    a template reports file:line:column; a rule whose pattern cannot be
//            written in the pipeline's dialect is named.

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "patterns/data_files.h"
#include "scanner/base/result.h"
#include "scanner/rule/pattern_writer.h"
#include "scanner/rule/rule.h"

namespace logspill {

// How a pattern is written into the text.
enum class PipelineQuoting : std::uint8_t {
  kNone,         // as it is: it holds nothing but letters, digits and syntax
  kRainerScript  // in double quotes of rsyslog
};

struct Pipeline {
  std::string name;   // "logback"
  std::string title;  // "Logback: a pattern layout"
  RegexDialect dialect = RegexDialect::kJava;
  PipelineQuoting quoting = PipelineQuoting::kNone;
  // The text is: head, `open` for each rule (the last first), middle, `each` for
  // each rule, foot.  In `open` and `each` @PATTERN@, @MARK@, @RULE@, @TITLE@,
  // @VALUE_GROUP@ and @BEHIND_GROUP@ stand for what they say.
  std::string head;
  std::string open;
  std::string middle;
  std::string each;
  std::string foot;
};

// One template.
Result<Pipeline> ParsePipeline(const std::string& name, std::string_view text);

// Users' templates, files or folders of *.toml, then the built-in ones.
Result<std::vector<Pipeline>> LoadPipelines(
    const std::vector<std::string>& paths);

// Puts the rule that says most first, so that its value is not taken for one of
// another: what is named, then the longer form.
void SortForPipeline(std::vector<const Rule*>* rules);

// The configuration that replaces the values of `rules`, in this order.
Result<std::string> WritePipeline(const Pipeline& pipeline,
                                  const std::vector<const Rule*>& rules);

}  // namespace logspill
