#include "scanner/identity/route_table.h"

#include <algorithm>
#include <array>
#include <set>

namespace logspill {
namespace {

// A parameter's name that says only that it is an id.
bool SaysOnlyId(std::string_view name) {
  return name.empty() || name == "pk" || name == "_id" || name == "oid" ||
         SubjectTable::IsIdWord(name);
}

bool HasParameter(std::string_view segment) {
  return segment.find('{') != std::string_view::npos;
}

bool IsRest(std::string_view segment) { return segment.ends_with("...}"); }

// Bytes that end a URL in a log.
bool EndsUrl(char c) {
  static constexpr std::string_view kEnds = " \"'<>(),;{}|^`\t\r\n[]=";
  return static_cast<unsigned char>(c) < ' ' ||
         kEnds.find(c) != std::string_view::npos;
}

// How a path's slashes are written.
enum class Slash { kPlain, kPercent };

// The URL path around a value, cut at its slashes.
class PathAround {
 public:
  PathAround(std::string_view record, Span value)
      : record_(record), value_(value) {}

  // False where the value is no segment of a path.
  bool Read() {
    const std::size_t size = SlashBefore(value_.begin);
    if (size == 0) return false;
    slash_ = record_[value_.begin - 1] == '/' ? Slash::kPlain : Slash::kPercent;
    std::size_t begin = 0;
    return FindBegin(&begin) && Cut(begin, FindEnd());
  }

  std::span<const std::string_view> segments() const {
    return {segments_.data(), count_};
  }
  std::size_t at() const { return at_; }  // the value's segment

 private:
  // Bytes of the slash that ends at `end`; 0: there is none.
  std::size_t SlashBefore(std::size_t end) const {
    if (end == 0) return 0;
    if (record_[end - 1] == '/') return 1;
    const std::string_view before = record_.substr(0, end);
    if (!before.ends_with("2F") && !before.ends_with("2f")) return 0;
    if (before.ends_with("%252F") || before.ends_with("%252f")) return 5;
    return end >= 3 && record_[end - 3] == '%' ? 3 : 0;
  }

  bool IsSlashOfPath(std::size_t end, std::size_t* size) const {
    *size = SlashBefore(end);
    return *size != 0 && (*size == 1) == (slash_ == Slash::kPlain);
  }

  // Where the path begins: behind scheme and host.
  bool FindBegin(std::size_t* begin) const {
    const std::size_t least = value_.begin > RouteTable::kReach
                                  ? value_.begin - RouteTable::kReach
                                  : 0;
    std::size_t at = value_.begin;
    while (at > least) {
      const char c = record_[at - 1];
      if (slash_ == Slash::kPlain && (c == '?' || c == '#')) return false;
      if (slash_ == Slash::kPercent && (c == '&' || c == '?' || c == '/'))
        break;
      // "\/" of JSON; any other backslash begins an escape.
      if (c == '\\' && record_[at] != '/') {
        at = std::min<std::size_t>(at + 1, value_.begin);
        break;
      }
      if (EndsUrl(c)) break;
      --at;
    }
    // A path that was cut off may have been another.
    if (at == least && least != 0) return false;
    const std::string_view url = record_.substr(at, value_.begin - at);
    const std::size_t scheme = url.rfind("://");
    if (scheme != std::string_view::npos) {
      const std::size_t path = url.find('/', scheme + 3);
      if (path == std::string_view::npos) return false;
      at += path;
    }
    *begin = at;
    return true;
  }

  std::size_t FindEnd() const {
    const std::size_t most =
        std::min(record_.size(), value_.end + RouteTable::kReach);
    std::size_t at = value_.end;
    while (at < most) {
      const char c = record_[at];
      if (EndsUrl(c) || c == '?' || c == '#') break;
      if (c == '\\' && (at + 1 == most || record_[at + 1] != '/')) break;
      if (slash_ == Slash::kPercent && (c == '&' || c == '/')) break;
      ++at;
    }
    // The sentence's, not the path's.
    while (at > value_.end &&
           (record_[at - 1] == '.' || record_[at - 1] == ':')) {
      --at;
    }
    return at;
  }

  bool Add(std::size_t begin, std::size_t end) {
    if (end > begin && record_[end - 1] == '\\') --end;
    if (end <= begin) return true;
    if (count_ == segments_.size()) return false;
    if (begin == value_.begin) at_ = count_;
    segments_[count_++] = record_.substr(begin, end - begin);
    return true;
  }

  bool Cut(std::size_t begin, std::size_t end) {
    at_ = segments_.size();
    std::size_t from = begin;
    for (std::size_t i = begin + 1; i <= end; ++i) {
      std::size_t size = 0;
      if (!IsSlashOfPath(i, &size) || i < from + size) continue;
      if (!Add(from, i - size)) return false;
      from = i;
    }
    return Add(from, end) && at_ < count_;
  }

  std::string_view record_;
  Span value_;
  Slash slash_ = Slash::kPlain;
  std::array<std::string_view, RouteTable::kMaxSegments> segments_;
  std::size_t count_ = 0;
  std::size_t at_ = 0;
};

}  // namespace

std::vector<std::string_view> SegmentsOf(std::string_view path) {
  std::vector<std::string_view> segments;
  while (!path.empty()) {
    const std::size_t end = std::min(path.find('/'), path.size());
    if (end > 0) segments.push_back(path.substr(0, end));
    path.remove_prefix(std::min(end + 1, path.size()));
  }
  return segments;
}

RouteTable::RouteTable(std::vector<Route> routes, const SubjectTable& subjects)
    : routes_(std::move(routes)), parameters_(routes_.size()), nodes_(1) {
  for (std::uint32_t i = 0; i < routes_.size(); ++i) Add(i, subjects);
}

void RouteTable::Add(std::uint32_t route, const SubjectTable& subjects) {
  std::uint32_t node = 0;
  std::string_view before;  // the nearest literal segment
  const auto segments = SegmentsOf(routes_[route].path);
  for (const std::string_view segment : segments) {
    Parameter& parameter = parameters_[route].emplace_back();
    if (!HasParameter(segment)) {
      before = segment;
      node = Step(node, segment);
      continue;
    }
    const auto names = ParametersOf(segment);
    parameter.is_parameter = segment.starts_with('{');
    parameter.name = names[0];
    parameter.rest = IsRest(segment);
    parameter.subject = subjects.OfName(parameter.name);
    if (parameter.subject == kNoSubject && SaysOnlyId(parameter.name)) {
      parameter.subject = subjects.OfName(before);
    }
    if (parameter.rest) {
      std::uint32_t& rest = nodes_[node].rest;
      rest = std::min(rest, route);
      return;  // nothing can stand behind it
    }
    node = Step(node, segment);
  }
  nodes_[node].route = std::min(nodes_[node].route, route);
}

// The node behind `segment` of a route, made where there is none.
std::uint32_t RouteTable::Step(std::uint32_t node, std::string_view segment) {
  const auto made = static_cast<std::uint32_t>(nodes_.size());
  std::uint32_t next = made;
  Node& here = nodes_[node];
  const std::size_t open = segment.find('{');
  if (open == std::string_view::npos) {
    const auto at =
        std::lower_bound(here.literals.begin(), here.literals.end(), segment,
                         [](const auto& row, std::string_view text) {
                           return row.first < text;
                         });
    if (at != here.literals.end() && at->first == segment) return at->second;
    here.literals.emplace(at, std::string(segment), made);
  } else if (open == 0 && segment.find('}') + 1 == segment.size()) {
    if (here.parameter != kNone) return here.parameter;
    here.parameter = made;
  } else {
    const std::string_view before = segment.substr(0, open);
    const std::string_view after = segment.substr(segment.rfind('}') + 1);
    for (const Mixed& mixed : here.mixed) {
      if (mixed.before == before && mixed.after == after) return mixed.node;
    }
    here.mixed.push_back({std::string(before), std::string(after), made});
  }
  nodes_.emplace_back();
  return next;
}

std::uint32_t RouteTable::Child(const Node& node,
                                std::string_view literal) const {
  const auto at = std::lower_bound(
      node.literals.begin(), node.literals.end(), literal,
      [](const auto& row, std::string_view text) { return row.first < text; });
  return at != node.literals.end() && at->first == literal ? at->second : kNone;
}

// The route that takes all of `segments` from `node` on, or kNone.
std::uint32_t RouteTable::MatchFrom(
    std::uint32_t node, std::span<const std::string_view> segments) const {
  const Node& here = nodes_[node];
  if (segments.empty()) return here.route;
  const std::string_view segment = segments.front();
  const auto behind = segments.subspan(1);
  std::uint32_t found = kNone;
  if (const std::uint32_t child = Child(here, segment); child != kNone) {
    found = MatchFrom(child, behind);
  }
  for (std::size_t i = 0; i < here.mixed.size() && found == kNone; ++i) {
    const Mixed& mixed = here.mixed[i];
    if (segment.size() > mixed.before.size() + mixed.after.size() &&
        segment.starts_with(mixed.before) && segment.ends_with(mixed.after)) {
      found = MatchFrom(mixed.node, behind);
    }
  }
  if (found == kNone && here.parameter != kNone) {
    found = MatchFrom(here.parameter, behind);
  }
  return found != kNone ? found : here.rest;
}

std::optional<RouteMatch> RouteTable::Match(
    std::span<const std::string_view> segments) const {
  if (segments.size() > kMaxSegments) return std::nullopt;
  std::uint32_t found = MatchFrom(0, segments);
  if (found != kNone) return RouteMatch{found, 0};
  for (std::uint32_t mount = 1; mount < segments.size(); ++mount) {
    const std::uint32_t child = Child(nodes_[0], segments[mount]);
    if (child == kNone) continue;
    found = MatchFrom(child, segments.subspan(mount + 1));
    if (found != kNone) return RouteMatch{found, mount};
  }
  return std::nullopt;
}

std::optional<RouteHit> RouteTable::Find(std::string_view record,
                                         Span value) const {
  PathAround path(record, value);
  if (!path.Read()) return std::nullopt;
  const auto match = Match(path.segments());
  if (!match || path.at() < match->mount) return std::nullopt;
  const std::vector<Parameter>& parameters = parameters_[match->route];
  const std::size_t at =
      std::min(path.at() - match->mount, parameters.size() - 1);
  const Parameter& parameter = parameters[at];
  if (!parameter.is_parameter) return std::nullopt;
  return RouteHit{match->route, parameter.name, parameter.subject};
}

std::string RouteTable::Reason(std::uint32_t route) const {
  const Route& from = routes_[route];
  std::string_view root = from.root;
  while (root.ends_with('/')) root.remove_suffix(1);
  root.remove_prefix(root.rfind('/') + 1);
  std::string place(root);
  // A root that is the file itself.
  if (from.file != root) place += (place.empty() ? "" : "/") + from.file;
  return "route " + from.path + " (" + place + ":" + std::to_string(from.line) +
         ")";
}

std::vector<std::string> RouteTable::PersonalClasses(
    const SubjectTable& subjects) const {
  std::set<std::string> classes;
  for (const auto& of_route : parameters_) {
    for (const Parameter& parameter : of_route) {
      const Subject& whose = subjects.at(parameter.subject);
      if (parameter.subject == kNoSubject || whose.operational) continue;
      const bool uuid = parameter.name.find("uuid") != std::string::npos;
      classes.insert(!whose.class_name.empty()
                         ? whose.class_name
                         : whose.name + (uuid ? "_uuid" : "_id"));
    }
  }
  return {classes.begin(), classes.end()};
}

}  // namespace logspill
