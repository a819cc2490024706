#include "scanner/finding/draft.h"

#include <cstddef>
#include <cstring>
#include <type_traits>

namespace logspill {
namespace {

constexpr std::size_t kTexts = 5;

// The fixed part; the texts and the sites follow it.
struct Packed {
  std::uint64_t hash, line, more_lines, offset, span_begin, span_end;
  std::int64_t time_ms;
  std::uint32_t group, member;
  std::uint32_t sizes[kTexts];
  std::uint32_t sites;
  std::uint8_t has_time, window_context, attributed, attribution;
  std::uint32_t unused;
};
static_assert(std::is_trivially_copyable_v<Packed>);

}  // namespace

void AppendDraft(const Draft& draft, std::string* bytes) {
  const std::string_view texts[kTexts] = {draft.field, draft.excerpt,
                                          draft.fingerprint, draft.shape,
                                          draft.revealed};
  Packed packed{};
  packed.hash = draft.hash;
  packed.line = draft.line;
  packed.more_lines = draft.more_lines;
  packed.offset = draft.offset;
  packed.span_begin = draft.span_begin;
  packed.span_end = draft.span_end;
  packed.time_ms = draft.time_ms;
  packed.group = draft.group;
  packed.member = draft.member;
  packed.has_time = draft.has_time;
  packed.window_context = draft.window_context;
  packed.attributed = draft.attributed;
  packed.attribution = static_cast<std::uint8_t>(draft.attribution);
  packed.sites = static_cast<std::uint32_t>(draft.sites.size());
  for (std::size_t i = 0; i < kTexts; ++i) {
    packed.sizes[i] = static_cast<std::uint32_t>(texts[i].size());
  }
  bytes->append(reinterpret_cast<const char*>(&packed), sizeof packed);
  for (const std::string_view text : texts) bytes->append(text);
  bytes->append(reinterpret_cast<const char*>(draft.sites.data()),
                draft.sites.size() * sizeof(DraftSite));
}

void SetDraftLine(std::uint64_t line, char* draft) {
  std::memcpy(draft + offsetof(Packed, line), &line, sizeof line);
}

bool TakeDraft(std::string_view* bytes, Draft* draft) {
  Packed packed;
  if (bytes->size() < sizeof packed) return false;
  std::memcpy(&packed, bytes->data(), sizeof packed);
  bytes->remove_prefix(sizeof packed);
  draft->hash = packed.hash;
  draft->line = packed.line;
  draft->more_lines = packed.more_lines;
  draft->offset = packed.offset;
  draft->span_begin = packed.span_begin;
  draft->span_end = packed.span_end;
  draft->time_ms = packed.time_ms;
  draft->group = packed.group;
  draft->member = packed.member;
  draft->has_time = packed.has_time != 0;
  draft->window_context = packed.window_context != 0;
  draft->attributed = packed.attributed != 0;
  draft->attribution = static_cast<AttributionResult>(packed.attribution);
  std::string_view* const texts[kTexts] = {&draft->field, &draft->excerpt,
                                           &draft->fingerprint, &draft->shape,
                                           &draft->revealed};
  for (std::size_t i = 0; i < kTexts; ++i) {
    *texts[i] = bytes->substr(0, packed.sizes[i]);
    bytes->remove_prefix(packed.sizes[i]);
  }
  draft->sites.resize(packed.sites);
  const std::size_t size = packed.sites * sizeof(DraftSite);
  if (size != 0) std::memcpy(draft->sites.data(), bytes->data(), size);
  bytes->remove_prefix(size);
  return true;
}

}  // namespace logspill
