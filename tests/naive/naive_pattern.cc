#include "tests/naive/naive_pattern.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include <array>

namespace logspill::naive {
namespace {

constexpr std::uint32_t kMatchLimit = 2'000'000'000;
constexpr std::size_t kJitStackBytes = std::size_t{32} << 20;

struct CodeFree {
  void operator()(pcre2_code* code) const { pcre2_code_free(code); }
};
struct DataFree {
  void operator()(pcre2_match_data* data) const { pcre2_match_data_free(data); }
};
struct ContextFree {
  void operator()(pcre2_match_context* context) const {
    pcre2_match_context_free(context);
  }
};
struct StackFree {
  void operator()(pcre2_jit_stack* stack) const { pcre2_jit_stack_free(stack); }
};

Span GroupSpan(const pcre2_match_data* data, std::uint32_t group) {
  const PCRE2_SIZE* offsets =
      pcre2_get_ovector_pointer(const_cast<pcre2_match_data*>(data));
  return {static_cast<std::uint32_t>(offsets[2 * group]),
          static_cast<std::uint32_t>(offsets[2 * group + 1])};
}

int TooLong(pcre2_callout_block* block, void* max_bytes) {
  return block->current_position - block->start_match >
                 *static_cast<const std::size_t*>(max_bytes)
             ? 1
             : 0;
}

}  // namespace

struct NaivePattern::Impl {
  std::unique_ptr<pcre2_code, CodeFree> code;
  std::unique_ptr<pcre2_match_data, DataFree> data;
  std::unique_ptr<pcre2_match_context, ContextFree> context;
  std::unique_ptr<pcre2_jit_stack, StackFree> stack;
  std::uint32_t value_group = 0;
};

NaivePattern::NaivePattern(std::unique_ptr<Impl> impl)
    : impl_(std::move(impl)) {}
NaivePattern::NaivePattern(NaivePattern&&) noexcept = default;
NaivePattern& NaivePattern::operator=(NaivePattern&&) noexcept = default;
NaivePattern::~NaivePattern() = default;

std::string ToPcre(const std::string& pattern) {
  std::string out;
  bool in_class = false;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    const char c = pattern[i];
    if (c == '\\' && i + 1 < pattern.size()) {
      const char escaped = pattern[++i];
      if (escaped == 's') {
        out += in_class ? "\\t\\n\\f\\r " : "[\\t\\n\\f\\r ]";
      } else if (escaped == 'S') {
        out += in_class ? "\\x00-\\x08\\x0b\\x0e-\\x1f\\x21-\\xff"
                        : "[^\\t\\n\\f\\r ]";
      } else {
        out += {c, escaped};
      }
      continue;
    }
    if (c == '[' && !in_class) {
      in_class = true;
      out += c;
      if (i + 1 < pattern.size() && pattern[i + 1] == '^') out += pattern[++i];
      // A bracket that stands first in a class is a member of it.
      if (i + 1 < pattern.size() && pattern[i + 1] == ']') {
        out += "\\]";
        ++i;
      }
      continue;
    }
    if (c == '[' && in_class && pattern.compare(i, 2, "[:") == 0) {
      const std::size_t end = pattern.find(":]", i);
      if (end != std::string::npos) {
        out += pattern.substr(i, end + 2 - i);
        i = end + 1;
        continue;
      }
    }
    if (c == '[' && in_class) {
      out += "\\[";
      continue;
    }
    if (c == ']') in_class = false;
    out += c;
  }
  return out;
}

Result<NaivePattern> NaivePattern::Compile(const std::string& pattern) {
  // The callout behind the pattern turns down what is too long, and PCRE2 goes
  // on with the next best.
  const std::string pcre = "(?:" + ToPcre(pattern) + ")(?C1)";
  auto impl = std::make_unique<Impl>();
  int code = 0;
  PCRE2_SIZE at = 0;
  impl->code.reset(pcre2_compile(
      reinterpret_cast<PCRE2_SPTR>(pcre.data()), pcre.size(),
      PCRE2_DOLLAR_ENDONLY | PCRE2_NEVER_UTF | PCRE2_NO_AUTO_POSSESS, &code,
      &at, nullptr));
  if (impl->code == nullptr) {
    std::array<PCRE2_UCHAR, 256> text{};
    pcre2_get_error_message(code, text.data(), text.size());
    return Error{"at " + std::to_string(at) + ": " +
                 reinterpret_cast<const char*>(text.data())};
  }
  // Where it fails, PCRE2 interprets the pattern: slower, and the same.
  (void)pcre2_jit_compile(impl->code.get(), PCRE2_JIT_COMPLETE);
  impl->data.reset(
      pcre2_match_data_create_from_pattern(impl->code.get(), nullptr));
  impl->context.reset(pcre2_match_context_create(nullptr));
  pcre2_set_match_limit(impl->context.get(), kMatchLimit);
  pcre2_set_depth_limit(impl->context.get(), kMatchLimit);
  impl->stack.reset(pcre2_jit_stack_create(32 << 10, kJitStackBytes, nullptr));
  pcre2_jit_stack_assign(impl->context.get(), nullptr, impl->stack.get());
  const int group = pcre2_substring_number_from_name(
      impl->code.get(), reinterpret_cast<PCRE2_SPTR>("value"));
  if (group > 0) impl->value_group = static_cast<std::uint32_t>(group);
  return NaivePattern(std::move(impl));
}

std::optional<NaivePattern::Found> NaivePattern::Find(
    std::string_view text, std::size_t from, std::size_t max_bytes) const {
  pcre2_set_callout(impl_->context.get(), TooLong, &max_bytes);
  const int groups = pcre2_match(
      impl_->code.get(), reinterpret_cast<PCRE2_SPTR>(text.data()), text.size(),
      from, 0, impl_->data.get(), impl_->context.get());
  if (groups <= 0) return std::nullopt;
  Found found{GroupSpan(impl_->data.get(), 0), {}};
  found.value = found.whole;
  if (impl_->value_group == 0) return found;
  // A group that took no part in the match leaves the whole as the value.
  if (impl_->value_group < static_cast<std::uint32_t>(groups)) {
    const PCRE2_SIZE* offsets = pcre2_get_ovector_pointer(impl_->data.get());
    if (offsets[2 * impl_->value_group] != PCRE2_UNSET) {
      found.value = GroupSpan(impl_->data.get(), impl_->value_group);
    }
  }
  return found;
}

}  // namespace logspill::naive
