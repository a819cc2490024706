#include "adapters/output/sites_report.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "adapters/output/text.h"

namespace logspill {
namespace {

constexpr std::size_t kLevelWidth = 9;
constexpr std::size_t kMethodsWidth = 22;
constexpr std::size_t kMostNames = 10;  // of files left out, in the text

void AppendText(std::string_view key, std::string_view value,
                std::string* out) {
  out->append(key);
  AppendJsonString(value, out);
}

void AppendOrNull(std::string_view key, std::string_view value,
                  std::string* out) {
  if (value.empty()) {
    out->append(key).append("null");
  } else {
    AppendText(key, value, out);
  }
}

void AppendCount(std::string_view key, std::uint64_t value, std::string* out) {
  out->append(key);
  AppendNumber(value, out);
}

std::string_view At(const Sensitivities& sensitivities, std::size_t index) {
  return index < sensitivities.size() ? std::string_view(sensitivities[index])
                                      : std::string_view();
}

void AppendList(std::string_view key, const std::vector<std::string>& list,
                std::string* out) {
  out->append(key).push_back('[');
  std::string_view comma;
  for (const std::string& text : list) {
    out->append(comma);
    AppendJsonString(text, out);
    comma = ",";
  }
  out->push_back(']');
}

// What the predictor calls an argument that holds the path of a request.
constexpr std::string_view kUrl = "url";

void AppendHole(const Hole& hole, std::string_view sensitivity,
                const std::vector<std::string>& in_paths, bool in_template,
                std::string* out) {
  AppendText(R"({"argument":)", hole.argument, out);
  AppendOrNull(R"(,"conversion":)", hole.conversion, out);
  AppendOrNull(R"(,"key":)", hole.key, out);
  if (!hole.origin.empty()) AppendText(R"(,"origin":)", hole.origin, out);
  if (!hole.type.empty()) AppendText(R"(,"type":)", hole.type, out);
  AppendOrNull(R"(,"sensitivity":)", sensitivity, out);
  if (sensitivity == kUrl && !in_paths.empty()) {
    AppendList(R"(,"in_paths":)", in_paths, out);
  }
  out->append(in_template ? "}" : R"(,"in_template":false})");
}

void AppendHoles(const CallSite& site, const Sensitivities& sensitivities,
                 const std::vector<std::string>& in_paths, std::string* out) {
  std::size_t index = 0;
  out->append(R"(,"holes":[)");
  for (const auto* holes : {&site.message.holes, &site.fields}) {
    for (const Hole& hole : *holes) {
      if (index > 0) out->push_back(',');
      AppendHole(hole, At(sensitivities, index), in_paths,
                 holes == &site.message.holes, out);
      ++index;
    }
  }
  out->push_back(']');
}

void AppendCounts(std::string_view key,
                  const std::map<std::string, std::uint64_t>& counts,
                  std::string* out) {
  out->append(key).push_back('{');
  std::string_view comma;
  for (const auto& [name, count] : counts) {
    out->append(comma);
    AppendJsonString(name.empty() ? "unknown" : name, out);
    AppendCount(":", count, out);
    comma = ",";
  }
  out->push_back('}');
}

std::string CountsLine(std::string_view title,
                       const std::map<std::string, std::uint64_t>& counts,
                       const Palette& palette) {
  std::vector<std::pair<std::string, std::uint64_t>> rows(counts.begin(),
                                                          counts.end());
  std::stable_sort(rows.begin(), rows.end(), [](const auto& a, const auto& b) {
    return a.second > b.second;
  });
  std::string text;
  for (const auto& [name, count] : rows) {
    if (!text.empty()) text += ", ";
    text += fmt::format("{} {}", Grouped(count),
                        name.empty() ? "unknown" : Printable(name));
  }
  if (text.empty()) return {};
  return fmt::format("{}{}\n", palette.Dim(fmt::format("{:<14}", title)), text);
}

std::string NamesText(std::string_view title,
                      const std::vector<std::string>& names) {
  std::string text;
  for (std::size_t i = 0; i < names.size() && i < kMostNames; ++i) {
    text += fmt::format("  {}\n", Printable(names[i]));
  }
  if (names.size() > kMostNames) {
    text += fmt::format("  and {} more\n", Grouped(names.size() - kMostNames));
  }
  return names.empty() ? text : fmt::format("{}\n{}", title, text);
}

// "consumer.uuid: consumer_uuid, ..." of what has a class.
std::string Predicted(const CallSite& site, const Sensitivities& sensitivities,
                      const std::vector<std::string>& in_paths) {
  std::string text;
  std::size_t index = 0;
  for (const auto* holes : {&site.message.holes, &site.fields}) {
    for (const Hole& hole : *holes) {
      const std::string_view what = At(sensitivities, index++);
      if (what.empty()) continue;
      if (!text.empty()) text += ", ";
      text += fmt::format("{}: {}", Printable(hole.argument), what);
      if (what != kUrl || in_paths.empty()) continue;
      text += fmt::format(" ({})", fmt::join(in_paths, ", "));
    }
  }
  return text;
}

}  // namespace

void SitesSummary::Count(const CallSite& site,
                         const Sensitivities& sensitivities) {
  ++sites;
  unresolved += site.Has("unresolved");
  ++by_language[site.language];
  ++by_framework[site.framework];
  ++by_level[site.level];
  for (const std::string& sensitivity : sensitivities) {
    if (!sensitivity.empty()) ++by_sensitivity[sensitivity];
  }
}

void SitesSummary::Count(const Route& route) {
  ++routes;
  ++routes_by_framework[route.framework];
}

void AppendRouteJson(const Route& route, std::string* out) {
  AppendText(R"({"type":"route","schema":"logspill/1","path":)", route.path,
             out);
  AppendList(R"(,"parameters":)", ParametersOf(route.path), out);
  AppendList(R"(,"methods":)", route.methods, out);
  AppendText(R"(,"language":)", route.language, out);
  AppendText(R"(,"framework":)", route.framework, out);
  AppendText(R"(,"root":)", route.root, out);
  AppendText(R"(,"file":)", route.file, out);
  AppendCount(R"(,"line":)", route.line, out);
  out->append("}\n");
}

void AppendSiteJson(const CallSite& site, const Sensitivities& sensitivities,
                    const std::vector<std::string>& in_paths,
                    std::string* out) {
  AppendText(R"({"type":"site","schema":"logspill/1","id":)", site.id, out);
  AppendText(R"(,"language":)", site.language, out);
  AppendText(R"(,"framework":)", site.framework, out);
  AppendText(R"(,"root":)", site.root, out);
  AppendText(R"(,"file":)", site.file, out);
  AppendCount(R"(,"line":)", site.line, out);
  AppendCount(R"(,"end_line":)", site.end_line, out);
  AppendCount(R"(,"column":)", site.column, out);
  AppendOrNull(R"(,"function":)", site.function, out);
  AppendOrNull(R"(,"class":)", site.class_name, out);
  AppendOrNull(R"(,"logger":)", site.logger, out);
  AppendOrNull(R"(,"level":)", site.level, out);
  AppendText(R"(,"template":)", site.message.Text(), out);
  AppendHoles(site, sensitivities, in_paths, out);
  if (!site.via.file.empty()) {
    AppendText(R"(,"via":{"file":)", site.via.file, out);
    AppendCount(R"(,"line":)", site.via.line, out);
    out->push_back('}');
  }
  AppendList(R"(,"flags":)", site.flags, out);
  out->append("}\n");
}

void AppendSitesSummaryJson(const SitesSummary& summary, std::string* out) {
  const SourceStats& stats = summary.stats;
  out->append(R"({"type":"summary","schema":"logspill/1")");
  AppendList(R"(,"roots":)", summary.roots, out);
  AppendCount(R"(,"files":)", stats.files, out);
  AppendCount(R"(,"bytes":)", stats.bytes, out);
  AppendCount(R"(,"sites":)", summary.sites, out);
  AppendCount(R"(,"unresolved":)", summary.unresolved, out);
  AppendCounts(R"(,"by_language":)", summary.by_language, out);
  AppendCounts(R"(,"by_framework":)", summary.by_framework, out);
  AppendCounts(R"(,"by_level":)", summary.by_level, out);
  AppendCounts(R"(,"by_sensitivity":)", summary.by_sensitivity, out);
  AppendCount(R"(,"routes":)", summary.routes, out);
  AppendCounts(R"(,"routes_by_framework":)", summary.routes_by_framework, out);
  AppendCount(R"(,"files_parsed":)", stats.files_parsed, out);
  AppendCount(R"(,"files_cached":)", stats.files_cached, out);
  AppendCount(R"(,"files_with_errors":)", stats.files_damaged, out);
  AppendList(R"(,"skipped":)", stats.skipped, out);
  AppendList(R"(,"failed":)", stats.failed, out);
  out->append(fmt::format(R"(,"complete":{},"seconds":{:.2f}}})",
                          stats.failed.empty(), summary.seconds));
  out->push_back('\n');
}

std::string SitesTableHead(const SitesTableLook& look) {
  return look.palette.Dim(fmt::format("{:<{}}  {:<{}}{}", "WHERE", look.place,
                                      "LEVEL", kLevelWidth, "MESSAGE")) +
         "\n";
}

std::string RoutesTableHead(const SitesTableLook& look) {
  return look.palette.Dim(fmt::format("{:<{}}  {:<{}}{}", "WHERE", look.place,
                                      "METHODS", kMethodsWidth, "PATH")) +
         "\n";
}

std::string RouteRow(const Route& route, const SitesTableLook& look) {
  const std::string shown = FitBegin(
      fmt::format("{}:{}", Printable(route.file), route.line), look.place);
  const std::size_t used = look.place + 2 + kMethodsWidth;
  const std::size_t left = look.width > used + 20 ? look.width - used : 20;
  const std::string methods =
      route.methods.empty() ? "-"
                            : fmt::format("{}", fmt::join(route.methods, ","));
  return fmt::format(
      "{}{}  {:<{}} {}\n", shown,
      std::string(look.place - std::min(look.place, DisplayWidth(shown)), ' '),
      methods, kMethodsWidth - 1, FitEnd(Printable(route.path), left));
}

std::string SiteRow(const CallSite& site, const Sensitivities& sensitivities,
                    const SitesTableLook& look) {
  const std::string place =
      fmt::format("{}:{}", Printable(site.file), site.line);
  const std::size_t used = look.place + 2 + kLevelWidth;
  const std::size_t left = look.width > used + 20 ? look.width - used : 20;
  const std::string shown = FitBegin(place, look.place);
  std::string message = Printable(site.message.Text());
  if (site.Has("unresolved")) message = "not resolved: " + message;
  std::string row = fmt::format(
      "{}{}  {:<{}}{}\n", shown,
      std::string(look.place - std::min(look.place, DisplayWidth(shown)), ' '),
      site.level.empty() ? "-" : site.level, kLevelWidth,
      FitEnd(message, left));
  const std::string predicted = Predicted(site, sensitivities, look.in_paths);
  if (!predicted.empty()) {
    row += std::string(used, ' ') + look.palette.Warn(FitEnd(predicted, left)) +
           "\n";
  }
  return row;
}

std::string SitesSummaryText(const SitesSummary& summary,
                             const Palette& palette) {
  const SourceStats& stats = summary.stats;
  std::string text = fmt::format(
      "\n{} in {} ({}), {} not resolved\n", Plural(summary.sites, "log call"),
      Plural(stats.files, "file"), Bytes(stats.bytes),
      Grouped(summary.unresolved));
  text += CountsLine("languages", summary.by_language, palette);
  text += CountsLine("frameworks", summary.by_framework, palette);
  text += CountsLine("levels", summary.by_level, palette);
  text += CountsLine("may print", summary.by_sensitivity, palette);
  if (summary.routes > 0) {
    text += CountsLine("routes", summary.routes_by_framework, palette);
  }
  if (stats.files_damaged > 0) {
    text += fmt::format("{} read around a syntax error\n",
                        Plural(stats.files_damaged, "file"));
  }
  text += NamesText("no source text, left out:", stats.skipped);
  text += NamesText("not read; exit status 3:", stats.failed);
  return text;
}

}  // namespace logspill
