#include "scanner/site_lookup.h"

#include <algorithm>
#include <unordered_map>

namespace logspill {
namespace {

// How far apart samples are: small inputs are looked at closely, of large ones a
// share suffices.
std::uint64_t StrideAt(std::uint64_t offset) {
  if (offset < (64 << 10)) return 1 << 10;
  return offset < (1 << 20) ? 8 << 10 : 64 << 10;
}

// The first offset to sample at or behind `offset`.
std::uint64_t NextSample(std::uint64_t offset) {
  const std::uint64_t stride = StrideAt(offset);
  return (offset + stride - 1) / stride * stride;
}

// For how many records one stands, in 1024ths, that was met so.
std::uint64_t WeightOf(std::size_t bytes, std::uint64_t stride) {
  return std::max<std::uint64_t>(stride * 1024 / (bytes + 1), 1024);
}

// The record that holds the byte at `at`.
std::string_view RecordAt(std::string_view bytes, std::size_t at) {
  const std::size_t newline =
      at == 0 ? std::string_view::npos : bytes.rfind('\n', at - 1);
  const std::size_t begin = newline == std::string_view::npos ? 0 : newline + 1;
  const std::size_t end = std::min(bytes.find('\n', at), bytes.size());
  return bytes.substr(begin, end - begin);
}

NoSite CauseOf(NoneCause cause) {
  switch (cause) {
    case NoneCause::kNoMessage:
      return NoSite::kNoMessage;
    case NoneCause::kWeak:
      return NoSite::kWeak;
    case NoneCause::kManyTies:
      return NoSite::kManyTies;
    case NoneCause::kNotNone:
    case NoneCause::kNoTemplate:
      break;
  }
  return NoSite::kNoTemplate;
}

// Quotes around a value make it no part of something larger.
bool HoldsMore(Span hole, Span value) {
  constexpr std::size_t kQuotes = 2;
  return hole.size() > value.size() + kQuotes;
}

}  // namespace

SiteRoots::SiteRoots(const CallSiteIndex* index) {
  if (index == nullptr) return;
  std::unordered_map<std::string_view, std::size_t> known;
  bit_of_.reserve(index->sites().size());
  for (const CallSite& site : index->sites()) {
    if (site.Has("built-in")) {
      bit_of_.push_back(kBuiltIn);
      continue;
    }
    const auto [at, is_new] = known.try_emplace(site.root, names_.size());
    if (is_new) names_.push_back(site.root);
    bit_of_.push_back(static_cast<std::uint8_t>(BitOf(at->second)));
  }
}

void RootCounts::Add(const RootCounts& other) {
  unmatched.Add(other.unmatched);
  if (matched.size() < other.matched.size()) {
    matched.resize(other.matched.size());
  }
  for (std::size_t i = 0; i < other.matched.size(); ++i) {
    matched[i].Add(other.matched[i]);
  }
}

SiteLookup::SiteLookup(const CallSiteIndex* index, const SiteRoots* roots,
                       const Classifier* classifier, Groups* groups)
    : index_(index),
      roots_(roots),
      classifier_(classifier),
      groups_(groups),
      scratch_(index->NewScratch()) {}

void SiteLookup::Start(std::string_view record, const RecordHeader& header) {
  record = record.substr(0, kMostRead);
  index_->Attribute(record, header, scratch_.get(), &attribution_);
  site_known_ = false;
  message_ = {header.message_begin, header.message_end};
  cause_ = CauseOf(attribution_.cause);
}

void SiteLookup::StartInside() {
  attribution_ = {};
  site_known_ = false;
  cause_ = NoSite::kLongRecord;
}

std::int32_t SiteLookup::SiteOfRecord() {
  if (site_known_) return site_;
  site_known_ = true;
  site_ = kNoSite;
  const auto& sites = attribution_.sites;
  if (sites.size() == 1) site_ = IndexOf(sites[0]);
  same_template_ = true;
  if (sites.size() > 1) {
    tie_.clear();
    for (const CallSite* site : sites) {
      tie_.push_back(IndexOf(site));
      same_template_ = same_template_ &&
                       site->message.literals == sites[0]->message.literals;
    }
    const auto [at, is_new] = ties_.try_emplace(tie_);
    if (is_new) at->second = groups_->Tie(tie_);
    site_ = at->second;
  }
  return site_;
}

CodeEvidence SiteLookup::Evidence(Span value, bool whose) {
  CodeEvidence evidence;
  evidence.site = SiteOfRecord();
  if (evidence.site == kNoSite) {
    evidence.cause = cause_;
    return evidence;
  }
  // Of tied calls the hole is the same only where the template is.
  if (same_template_) evidence.hole = attribution_.HoleOf(value);
  const bool outside =
      value.end <= message_.begin || value.begin >= message_.end;
  if (evidence.hole < 0 && outside) {
    evidence.site = kNoSite;
    evidence.cause = NoSite::kHeader;
  }
  if (evidence.hole < 0) return evidence;
  for (const AttributedHole& hole : attribution_.holes) {
    if (static_cast<int>(hole.hole) == evidence.hole) {
      evidence.in_part = HoldsMore(hole.span, value);
    }
  }
  if (whose) evidence.identity = WhoseBy(evidence.hole, &evidence.roots);
  return evidence;
}

// What the hole is called, if all sites that can have printed it agree.
Identity SiteLookup::WhoseBy(int hole, std::uint64_t* roots) const {
  Identity identity;
  *roots = 0;
  for (const CallSite* site : attribution_.sites) {
    const Hole* filled = site->HoleAt(hole);
    Identity next;
    if (filled != nullptr) {
      next = classifier_->FromArgument(filled->key);
      if (next.subject == kNoSubject) {
        next = classifier_->FromArgument(filled->argument);
      }
    }
    const bool first = site == attribution_.sites[0];
    if (next.subject == kNoSubject ||
        (!first && next.subject != identity.subject)) {
      *roots = 0;
      return {};
    }
    const auto index = static_cast<std::size_t>(IndexOf(site));
    *roots |= std::uint64_t{1} << roots_->BitOfSite(index);
    if (!first) continue;
    identity = next;
    identity.site = static_cast<std::int32_t>(index);
    identity.hole = hole;
  }
  return identity;
}

void SiteLookup::Sample(const Block& block, HeaderReader* header_reader,
                        RootCounts* counts) {
  if (block.window) return;
  const std::string_view bytes = block.bytes;
  const std::uint64_t end = block.offset + bytes.size();
  const char* last = nullptr;
  for (std::uint64_t at = NextSample(block.offset); at < end;
       at = NextSample(at + 1)) {
    const std::string_view record =
        RecordAt(bytes, static_cast<std::size_t>(at - block.offset));
    if (record.empty() || record.data() == last) continue;
    last = record.data();
    if (record.size() > kMostRead) continue;
    const RecordHeader header = header_reader->ReadAlone(
        record, bytes.substr(
                    0, static_cast<std::size_t>(record.data() - bytes.data())));
    if (header.continues) continue;
    Start(record, header);
    CountRecord(WeightOf(record.size(), StrideAt(at)), counts);
  }
}

void SiteLookup::CountRecord(std::uint64_t weight, RootCounts* counts) const {
  const RootCounts::Count one{1, weight};
  // A built-in format is nobody's source, and ties with none that is.
  if (attribution_.result == AttributionResult::kNone ||
      attribution_.sites[0]->Has("built-in")) {
    counts->unmatched.Add(one);
    return;
  }
  counts->matched.resize(SiteRoots::BitOf(roots_->names().size()) + 1);
  std::uint64_t counted = 0;
  for (const CallSite* site : attribution_.sites) {
    const std::size_t bit =
        roots_->BitOfSite(static_cast<std::size_t>(IndexOf(site)));
    if ((counted >> bit & 1) == 0) counts->matched[bit].Add(one);
    counted |= std::uint64_t{1} << bit;
  }
}

}  // namespace logspill
