#include "scanner/correlate/attributor.h"

#include <algorithm>
#include <map>
#include <optional>
#include <tuple>
#include <unordered_map>

#include "scanner/correlate/access_table.h"
#include "scanner/correlate/agreement.h"
#include "scanner/correlate/anchors.h"
#include "scanner/correlate/printed_location.h"
#include "scanner/correlate/shape.h"

namespace logspill {
namespace {

// Of a longer message only this much is compared.
constexpr std::size_t kMaxMessage = 1 << 20;

// How much literal text a template must have before a match is believed.
// Foreign logs hold "Deleting ..." and "... connection ..." as well: without a
// logger that agrees, little text proves nothing.
constexpr std::uint32_t kAnchoredWeight = 20;    // begins with literal text
constexpr std::uint32_t kFloatingWeight = 32;    // begins with a hole
constexpr std::uint32_t kSurprisingWeight = 40;  // of another logger

std::string KeyOf(const LogTemplate& message) {
  std::string key = message.Text();
  for (const Hole& hole : message.holes) {
    key += '\0';
    key += hole.conversion;
  }
  return key;
}

bool IsNameByte(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
         (c >= 'A' && c <= 'Z') || c == '_' || c == '-' || c == '.';
}

// Whether every hole but the last holds a name, as in tables of settings.
bool AreNames(std::string_view message, const std::vector<Span>& holes) {
  for (std::size_t i = 0; i + 1 < holes.size(); ++i) {
    std::string_view value = holes[i].Of(message);
    while (!value.empty() && value.back() == ' ') value.remove_suffix(1);
    while (!value.empty() && value.front() == ' ') value.remove_prefix(1);
    if (value.empty() || !std::all_of(value.begin(), value.end(), IsNameByte)) {
      return false;
    }
  }
  return true;
}

bool ByPlace(const CallSite* a, const CallSite* b) {
  return std::tie(a->root, a->file, a->line, a->id) <
         std::tie(b->root, b->file, b->line, b->id);
}

std::string_view MessageOf(std::string_view record,
                           const RecordHeader& header) {
  std::string_view message =
      record.substr(std::min<std::size_t>(header.message_begin, record.size()));
  message = message.substr(0, kMaxMessage);
  while (!message.empty() &&
         (message.back() == '\r' || message.back() == '\n')) {
    message.remove_suffix(1);
  }
  return message;
}

// How well a call site fits; the order is that of trust.
enum class Trust : std::uint8_t { kNone, kSurprising, kFits, kPrinted };

// Of what stands before `end`, without the blank between.
std::size_t TrimmedSize(std::string_view message, std::size_t end) {
  return end > 0 && message[end - 1] == ' ' ? end - 1 : end;
}

std::string_view LastName(std::string_view path) {
  return path.substr(path.rfind('.') + 1);
}

// `table`: the message is a row of names and values.
Trust TrustIn(const Shape& shape, Agreement logger, bool table) {
  const bool anchored = !shape.literals()[0].empty();
  switch (logger) {
    case Agreement::kAgree:
      return Trust::kFits;
    case Agreement::kMismatch:
      return shape.weight() >= kSurprisingWeight ? Trust::kSurprising
                                                 : Trust::kNone;
    case Agreement::kUnknown:
      break;
  }
  const bool enough =
      shape.weight() >= (anchored ? kAnchoredWeight : kFloatingWeight);
  return enough || (shape.has_width() && table) ? Trust::kFits : Trust::kNone;
}

}  // namespace

int Attribution::HoleOf(Span span) const {
  int found = -1;
  for (const AttributedHole& hole : holes) {
    if (!hole.span.Contains(span)) continue;
    // Two holes without text between them: nobody can tell which it was.
    if (found >= 0) return -1;
    found = static_cast<int>(hole.hole);
  }
  return found;
}

struct CallSiteIndex::Impl {
  struct RecordScratch;

  std::vector<CallSite> sites;
  std::vector<Shape> shapes;
  std::vector<std::vector<std::uint32_t>> sites_of;  // by shape
  // Shapes with too little text for an anchor: by the last name of the logger
  // that must agree, and those that a fixed width can prove instead.
  std::unordered_map<std::string_view, std::vector<std::uint32_t>> weak_of;
  std::vector<std::uint32_t> weak_tables;
  // (site, shape) by the last name of the file.
  std::unordered_map<std::string_view,
                     std::vector<std::pair<std::uint32_t, std::uint32_t>>>
      sites_in;
  std::unique_ptr<Anchors> anchors;
  AccessTable access;

  void AttributeAccess(std::string_view record, const RecordHeader& header,
                       RecordScratch* scratch, Attribution* out) const;
  void AddShapes();
  void AddWeak();
  void AddFiles();
  void Consider(std::uint32_t shape, std::string_view message,
                const RecordHeader& header, RecordScratch* scratch) const;
  void FindByText(std::string_view message, const RecordHeader& header,
                  RecordScratch* scratch) const;
  void ConsiderWeak(std::string_view message, const RecordHeader& header,
                    RecordScratch* scratch) const;
  // Looks where the record says that it was printed; returns the length of the
  // message without that place, or nullopt where it prints no place of ours.
  std::optional<std::size_t> FindPrinted(std::string_view message,
                                         RecordScratch* scratch) const;
  void Finish(std::string_view message, std::uint32_t message_begin,
              RecordScratch* scratch, Attribution* out) const;
};

struct CallSiteIndex::Impl::RecordScratch final : CallSiteIndex::Scratch {
  std::unique_ptr<Anchors::Scratch> anchors;
  std::vector<std::uint32_t> shapes;
  std::vector<Span> holes;

  // The best so far, of equal trust and weight.
  Trust trust = Trust::kNone;
  std::uint32_t weight = 0;
  std::vector<std::pair<const CallSite*, std::uint32_t>>
      best;  // with its shape

  void Reset() {
    shapes.clear();
    trust = Trust::kNone;
    weight = 0;
    best.clear();
  }

  void Offer(const CallSite* site, std::uint32_t shape, Trust how,
             std::uint32_t much) {
    if (how == Trust::kNone || how < trust) return;
    if (how == trust && much < weight) return;
    if (how > trust || much > weight) best.clear();
    trust = how;
    weight = much;
    best.emplace_back(site, shape);
  }
};

void CallSiteIndex::Impl::AddShapes() {
  std::map<std::string, std::uint32_t> known;
  for (std::uint32_t i = 0; i < sites.size(); ++i) {
    if (sites[i].Has("format")) continue;  // of the AccessTable
    const auto [at, added] = known.emplace(
        KeyOf(sites[i].message), static_cast<std::uint32_t>(shapes.size()));
    if (added) {
      shapes.emplace_back(sites[i].message);
      sites_of.emplace_back();
    }
    sites_of[at->second].push_back(i);
  }
}

void CallSiteIndex::Impl::AddWeak() {
  for (std::uint32_t i = 0; i < shapes.size(); ++i) {
    if (shapes[i].strong() || shapes[i].weight() == 0) continue;
    if (shapes[i].has_width()) {
      weak_tables.push_back(i);
      continue;
    }
    for (const std::uint32_t site : sites_of[i]) {
      auto& list = weak_of[LastName(sites[site].logger)];
      if (list.empty() || list.back() != i) list.push_back(i);
    }
  }
}

void CallSiteIndex::Impl::AddFiles() {
  for (std::uint32_t shape = 0; shape < sites_of.size(); ++shape) {
    for (const std::uint32_t site : sites_of[shape]) {
      const std::string_view file = sites[site].file;
      sites_in[file.substr(file.rfind('/') + 1)].emplace_back(site, shape);
    }
  }
}

std::optional<std::size_t> CallSiteIndex::Impl::FindPrinted(
    std::string_view message, RecordScratch* scratch) const {
  const auto location = ReadTrailingLocation(message);
  if (!location) return std::nullopt;
  const std::string_view path = location->path;
  const auto found = sites_in.find(path.substr(path.rfind('/') + 1));
  if (found == sites_in.end()) return std::nullopt;
  std::optional<std::size_t> size;
  for (const auto& [index, shape] : found->second) {
    const CallSite& site = sites[index];
    if (!IsSameFile(path, site.root, site.file)) continue;
    if (!size) size = TrimmedSize(message, location->word_begin);
    if (location->line < site.line || site.end_line < location->line) continue;
    for (const std::size_t begin : {location->word_begin, location->begin}) {
      const std::size_t end = TrimmedSize(message, begin);
      if (!shapes[shape].Match(message.substr(0, end), &scratch->holes)) {
        continue;
      }
      scratch->Offer(&site, shape, Trust::kPrinted, shapes[shape].weight());
      if (scratch->best.back().first == &site) size = end;
      break;
    }
  }
  return size;
}

void CallSiteIndex::Impl::Consider(std::uint32_t shape,
                                   std::string_view message,
                                   const RecordHeader& header,
                                   RecordScratch* scratch) const {
  const Shape& form = shapes[shape];
  if (!form.Match(message, &scratch->holes)) return;
  const bool table = form.has_width() && AreNames(message, scratch->holes);
  for (const std::uint32_t index : sites_of[shape]) {
    const CallSite& site = sites[index];
    if (CompareLevels(header.level, site.level) == Agreement::kMismatch) {
      continue;
    }
    const Trust trust =
        TrustIn(form, CompareLoggers(header.logger, site.logger), table);
    scratch->Offer(&site, shape, trust, form.weight());
  }
}

void CallSiteIndex::Impl::FindByText(std::string_view message,
                                     const RecordHeader& header,
                                     RecordScratch* scratch) const {
  anchors->Find(message, scratch->anchors.get(), &scratch->shapes);
  for (const std::uint32_t shape : scratch->shapes) {
    Consider(shape, message, header, scratch);
  }
  if (scratch->best.empty()) ConsiderWeak(message, header, scratch);
}

void CallSiteIndex::Impl::ConsiderWeak(std::string_view message,
                                       const RecordHeader& header,
                                       RecordScratch* scratch) const {
  for (const std::uint32_t shape : weak_tables) {
    Consider(shape, message, header, scratch);
  }
  if (header.logger.empty()) return;
  const auto found = weak_of.find(LastName(header.logger));
  if (found == weak_of.end()) return;
  for (const std::uint32_t shape : found->second) {
    Consider(shape, message, header, scratch);
  }
}

void CallSiteIndex::Impl::Finish(std::string_view message,
                                 std::uint32_t message_begin,
                                 RecordScratch* scratch,
                                 Attribution* out) const {
  auto& best = scratch->best;
  if (best.empty()) return;
  std::sort(best.begin(), best.end(), [](const auto& a, const auto& b) {
    return ByPlace(a.first, b.first);
  });
  // The variants of one call are one site.
  best.erase(std::unique(best.begin(), best.end(),
                         [](const auto& a, const auto& b) {
                           return a.first->root == b.first->root &&
                                  a.first->file == b.first->file &&
                                  a.first->line == b.first->line &&
                                  a.first->column == b.first->column;
                         }),
             best.end());
  for (const auto& [site, shape] : best) out->sites.push_back(site);
  out->result = AttributionResult::kAmbiguous;
  if (best.size() == 1) {
    out->result = scratch->trust == Trust::kPrinted ? AttributionResult::kExact
                                                    : AttributionResult::kHigh;
  }
  shapes[best[0].second].Match(message, &scratch->holes);
  for (std::uint32_t i = 0; i < scratch->holes.size(); ++i) {
    const Span hole = scratch->holes[i];
    out->holes.push_back(
        {i, {hole.begin + message_begin, hole.end + message_begin}});
  }
}

// A record of an access log: as a whole, or behind what a logger put before it.
void CallSiteIndex::Impl::AttributeAccess(std::string_view record,
                                          const RecordHeader& header,
                                          RecordScratch* scratch,
                                          Attribution* out) const {
  if (access.empty()) return;
  const std::uint32_t begins[] = {0, header.message_begin};
  for (const std::uint32_t begin : begins) {
    if (begin > record.size()) continue;
    access.Find(record.substr(begin), &out->sites, &scratch->holes);
    if (out->sites.empty()) continue;
    out->result = AttributionResult::kAmbiguous;
    if (out->sites.size() > 1) return;  // whose holes need not be the same
    out->result = AttributionResult::kHigh;
    for (std::uint32_t i = 0; i < scratch->holes.size(); ++i) {
      const Span hole = scratch->holes[i];
      out->holes.push_back({i, {hole.begin + begin, hole.end + begin}});
    }
    return;
  }
}

CallSiteIndex::CallSiteIndex(std::unique_ptr<Impl> impl)
    : impl_(std::move(impl)) {}
CallSiteIndex::CallSiteIndex(CallSiteIndex&&) noexcept = default;
CallSiteIndex& CallSiteIndex::operator=(CallSiteIndex&&) noexcept = default;
CallSiteIndex::~CallSiteIndex() = default;

Result<CallSiteIndex> CallSiteIndex::Build(std::vector<CallSite> sites) {
  auto impl = std::make_unique<Impl>();
  impl->sites = std::move(sites);
  impl->AddShapes();
  impl->AddWeak();
  impl->AddFiles();
  impl->access = AccessTable(impl->sites);
  auto anchors = Anchors::Build(impl->shapes);
  if (!anchors) return anchors.error();
  impl->anchors = std::make_unique<Anchors>(std::move(*anchors));
  return CallSiteIndex(std::move(impl));
}

const std::vector<CallSite>& CallSiteIndex::sites() const {
  return impl_->sites;
}

std::unique_ptr<CallSiteIndex::Scratch> CallSiteIndex::NewScratch() const {
  auto scratch = std::make_unique<Impl::RecordScratch>();
  scratch->anchors = impl_->anchors->NewScratch();
  return scratch;
}

void CallSiteIndex::Attribute(std::string_view record,
                              const RecordHeader& header, Scratch* scratch,
                              Attribution* out) const {
  out->result = AttributionResult::kNone;
  out->sites.clear();
  out->holes.clear();
  std::string_view message = MessageOf(record, header);
  if (message.empty()) return;
  auto* own = static_cast<Impl::RecordScratch*>(scratch);
  own->Reset();
  if (const auto size = impl_->FindPrinted(message, own)) {
    message = message.substr(0, *size);
  }
  if (own->best.empty()) impl_->FindByText(message, header, own);
  impl_->Finish(message, header.message_begin, own, out);
  if (out->result == AttributionResult::kNone) {
    impl_->AttributeAccess(record, header, own, out);
  }
}

}  // namespace logspill
