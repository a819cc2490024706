#include "patterns/pipelines.h"

#include <algorithm>
#include <map>
#include <utility>

#include "patterns/suggest.h"
#include "scanner/rule/pattern_tree.h"

namespace logspill {
namespace {

using Values = std::vector<std::pair<std::string_view, std::string>>;

// What a double-quoted string of rsyslog takes: these by their number.
std::string InRainerScript(std::string_view pattern) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string quoted;
  for (const char c : pattern) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '\\') {
      quoted += "\\\\";
    } else if (byte < ' ' || byte == 127 ||
               std::string_view("\"'$%`").find(c) != std::string_view::npos) {
      quoted += "\\x";
      quoted += kDigits[byte >> 4];
      quoted += kDigits[byte & 15];
    } else {
      quoted += c;
    }
  }
  return quoted;
}

std::string Filled(std::string_view text, const Values& values) {
  std::string filled;
  for (std::size_t at = 0; at < text.size();) {
    const auto named =
        std::find_if(values.begin(), values.end(), [&](const auto& value) {
          return text.substr(at).starts_with(value.first);
        });
    if (named == values.end()) {
      filled += text[at++];
    } else {
      filled += named->second;
      at += named->first.size();
    }
  }
  return filled;
}

// A title stands in comments: it is one line of plain text.
std::string Comment(std::string_view text) {
  std::string plain(text);
  for (char& c : plain) {
    const bool keeps =
        (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
        (c >= '0' && c <= '9') ||
        std::string_view(" .,:()/_").find(c) != std::string::npos;
    if (!keeps) c = ' ';
  }
  return plain;
}

Result<Values> ValuesOf(const Pipeline& pipeline, const Rule& rule) {
  const auto written = WritePattern(rule, pipeline.dialect);
  if (!written) {
    return Error{"rule " + rule.id + ": its pattern cannot be written for " +
                 pipeline.name + "; leave it out with --disable " + rule.id};
  }
  std::string pattern = written->pattern;
  if (pipeline.quoting == PipelineQuoting::kRainerScript) {
    pattern = InRainerScript(pattern);
  }
  return Values{{"@PATTERN@", pattern},
                {"@MARK@", "[" + rule.kind + "]"},
                {"@RULE@", Comment(rule.id)},
                {"@TITLE@", Comment(rule.title)},
                {"@VALUE_GROUP@", std::to_string(written->value_group)},
                {"@BEHIND_GROUP@", std::to_string(written->behind_group)}};
}

// A form whose checksum nobody looks at is no more than a form.
int Weight(const Rule& rule) {
  return rule.rank == Rank::kChecksum ? static_cast<int>(Rank::kBareShape)
                                      : static_cast<int>(rule.rank);
}

}  // namespace

void SortForPipeline(std::vector<const Rule*>* rules) {
  std::map<const Rule*, std::uint32_t> most;
  for (const Rule* rule : *rules) {
    const auto tree = ReadRulePattern(rule->pattern);
    most[rule] = tree ? MostBytes(tree->root) : 0;
  }
  std::sort(rules->begin(), rules->end(), [&](const Rule* a, const Rule* b) {
    if (Weight(*a) != Weight(*b)) return Weight(*a) > Weight(*b);
    if (most[a] != most[b]) return most[a] > most[b];
    return a->id < b->id;
  });
}

Result<Pipeline> ParsePipeline(const std::string& name, std::string_view text) {
  Diagnostics diagnostics(name, text);
  const auto root = ParseToml(name, text, &diagnostics);
  if (!root) return diagnostics.ToError();
  TableReader reader(&*root, "the pipeline", &diagnostics);
  Pipeline pipeline;
  pipeline.name = reader.String("name", Need::kRequired);
  pipeline.title = reader.String("title", Need::kRequired);
  const std::string dialect = reader.String("dialect", Need::kRequired);
  if (const auto known = DialectOf(dialect)) {
    pipeline.dialect = *known;
  } else {
    reader.Fail("dialect", "unknown dialect '" + dialect + "'",
                DidYouMean(dialect, {"java", "python", "posix"}));
  }
  const std::string quoting = reader.String("quoting");
  if (quoting == "rainerscript") {
    pipeline.quoting = PipelineQuoting::kRainerScript;
  } else if (!quoting.empty() && quoting != "none") {
    reader.Fail("quoting", "unknown quoting '" + quoting + "'",
                "none or rainerscript");
  }
  pipeline.head = reader.String("head");
  pipeline.open = reader.String("open");
  pipeline.middle = reader.String("middle");
  pipeline.each = reader.String("each", Need::kRequired);
  pipeline.foot = reader.String("foot");
  reader.Finish();
  if (!diagnostics.ok()) return diagnostics.ToError();
  return pipeline;
}

Result<std::vector<Pipeline>> LoadPipelines(
    const std::vector<std::string>& paths) {
  std::vector<Pipeline> pipelines;
  for (const bool built_in : {false, true}) {
    const auto files =
        CollectFiles(built_in, "pipelines/", ".toml",
                     built_in ? std::vector<std::string>() : paths);
    if (!files) return files.error();
    for (const LoadedFile& file : *files) {
      auto pipeline = ParsePipeline(file.name, file.text);
      if (!pipeline) return pipeline.error();
      pipelines.push_back(std::move(*pipeline));
    }
  }
  return pipelines;
}

Result<std::string> WritePipeline(const Pipeline& pipeline,
                                  const std::vector<const Rule*>& rules) {
  std::string opened;
  std::string each;
  for (const Rule* rule : rules) {
    const auto values = ValuesOf(pipeline, *rule);
    if (!values) return values.error();
    opened.insert(0, Filled(pipeline.open, *values));
    each += Filled(pipeline.each, *values);
  }
  return pipeline.head + opened + pipeline.middle + each + pipeline.foot;
}

}  // namespace logspill
