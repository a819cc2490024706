// RFC 7519 (JWT), RFC 7617 (Basic), GitHub's token format, and what tells a
// secret behind a name from a word of code or prose.

#include <algorithm>
#include <cstdint>

#include "scanner/verify/checks.h"
#include "scanner/verify/checksum.h"
#include "scanner/verify/text.h"

namespace logspill {
namespace {

constexpr std::size_t kMinSecret = 8;
// Bits a byte; a generated key of 16 hexadecimal digits has 3.2 on average.
constexpr double kMinEntropy = 2.75;
// Of 24 bytes at the end of a token; random hexadecimal ones have 3.4.
constexpr double kMinTailEntropy = 2.6;
// Below it a value is one byte over and over.
constexpr double kFillerEntropy = 2.0;
constexpr std::size_t kMostEqual = 9;

// What code and prose put in a secret's place.
constexpr std::string_view kStopWords[] = {
    "absent",    "accepted",  "auth",     "authentication",
    "bearer",    "bad",       "basic",    "blank",
    "boolean",   "cancelled", "changed",  "correct",
    "created",   "default",   "denied",   "deleted",
    "disabled",  "empty",     "enabled",  "error",
    "expired",   "fail",      "failed",   "failure",
    "false",     "field",     "file",     "for",
    "found",     "from",      "has",      "hash",
    "header",    "incorrect", "input",    "int",
    "invalid",   "is",        "keep",     "key",
    "malformed", "match",     "mismatch", "missing",
    "must",      "n/a",       "nan",      "needed",
    "new",       "nil",       "no",       "none",
    "not",       "null",      "nullptr",  "object",
    "off",       "ok",        "old",      "on",
    "optional",  "prompt",    "provided", "read",
    "rejected",  "request",   "required", "reset",
    "response",  "sent",      "set",      "should",
    "str",       "string",    "success",  "true",
    "type",      "undefined", "unknown",  "unset",
    "updated",   "user",      "valid",    "verified",
    "was",       "will",      "wrong",    "yes",
    "you",       "your",
};

bool IsStopWord(std::string_view value) {
  return std::any_of(
      std::begin(kStopWords), std::end(kStopWords),
      [&](std::string_view word) { return EqualCaseless(value, word); });
}

// java.lang.Object@2bd79ce: how Java prints an object without a name.
bool IsJavaObject(std::string_view value) {
  const std::size_t at = value.find('@');
  if (at == std::string_view::npos || at == 0) return false;
  const std::string_view name = value.substr(0, at);
  const std::string_view hash = value.substr(at + 1);
  return hash.size() >= 4 && hash.size() <= 8 && All(hash, IsHex) &&
         IsAlpha(name.front()) && All(name, [](char c) {
           return IsAlnum(c) || c == '.' || c == '$' || c == '_';
         });
}

// config.get_secret, os.environ, self->token, Namespace::kName, /path/to/file.
bool IsCodeOrPath(std::string_view value) {
  if (value.starts_with('/') || value.starts_with("./") ||
      value.starts_with("file:") || value.starts_with("http")) {
    return true;
  }
  if (value.find("->") != std::string_view::npos ||
      value.find("::") != std::string_view::npos ||
      value.find("()") != std::string_view::npos) {
    return true;
  }
  return value.find('.') != std::string_view::npos &&
         All(value, [](char c) { return IsAlpha(c) || c == '.' || c == '_'; });
}

// Words joined by '_', '-' or a change of case, with at most a number behind:
// client_secret_v2, AccessToken, my-service-account.
bool IsIdentifier(std::string_view value) {
  const std::size_t digits = Count(value, IsDigit);
  const bool plain =
      All(value, [](char c) { return IsAlnum(c) || c == '_' || c == '-'; });
  if (!plain || digits > 2) return false;
  if (digits == 0 && value.size() <= 20) return true;
  const std::size_t joints =
      Count(value, [](char c) { return c == '_' || c == '-'; });
  const bool one_case = std::none_of(value.begin(), value.end(), IsUpper) ||
                        std::none_of(value.begin(), value.end(), IsLower);
  return one_case && joints >= 2 && value.size() / (joints + 1) >= 3;
}

bool LooksGenerated(std::string_view value) {
  if (value.size() < kMinSecret || Entropy(value) < kMinEntropy) return false;
  const bool letters = std::any_of(value.begin(), value.end(), IsAlpha);
  const bool digits = std::any_of(value.begin(), value.end(), IsDigit);
  if (letters && digits) return true;
  return letters && value.size() >= 16 && Entropy(value) >= 3.5 &&
         std::any_of(value.begin(), value.end(), IsUpper) &&
         std::any_of(value.begin(), value.end(), IsLower);
}

// 8-4-4-4-12 hexadecimal digits: identifiers' rules know them better.
bool IsUuidForm(std::string_view value) {
  if (value.size() != 36) return false;
  for (std::size_t i = 0; i < value.size(); ++i) {
    const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
    if (dash ? value[i] != '-' : !IsHex(value[i])) return false;
  }
  return true;
}

// How often a letter follows a digit or a digit a letter: words with a number
// behind have one change, a generated value has one in three bytes.
std::size_t Changes(std::string_view value) {
  std::size_t changes = 0;
  for (std::size_t i = 1; i < value.size(); ++i) {
    const char a = value[i - 1];
    const char b = value[i];
    changes += (IsDigit(a) && IsAlpha(b)) || (IsAlpha(a) && IsDigit(b)) ? 1 : 0;
  }
  return changes;
}

// $HOME, $REACT_APP_URL/path: a variable of a shell.
bool IsShellVariable(std::string_view value) {
  if (value.size() < 4 || value.front() != '$') return false;
  return All(value.substr(1, 3), [](char c) { return IsUpper(c) || c == '_'; });
}

// #add-password, .password, url/forgot_password: a place, named after it.
bool NamesPassword(std::string_view value) {
  return (value.front() == '#' || value.front() == '.' ||
          value.find('/') != std::string_view::npos) &&
         ContainsCaseless(value, "password") &&
         std::none_of(value.begin(), value.end(), IsDigit);
}

std::string_view FirstPart(std::string_view text, char separator) {
  return text.substr(0, text.find(separator));
}

// 1024x768.
bool IsExtent(std::string_view value) {
  const std::size_t x = value.find('x');
  return x != value.npos && All(value.substr(0, x), IsDigit) &&
         All(value.substr(x + 1), IsDigit);
}

}  // namespace

bool IsNoSecret(std::string_view value) {
  if (IsStopWord(value) || IsCodeOrPath(value)) return true;
  if (IsJavaObject(value)) return true;
  // A reference to where the value comes from, or a conversion of a template.
  return value.starts_with('$') || value.starts_with('%') ||
         value.starts_with('<') || value.starts_with('{') ||
         value.starts_with('[') || value.starts_with('(');
}

Validation CheckPassword(std::string_view value) {
  if (value.size() < 4 || IsStopWord(value) || NamesPassword(value)) {
    return kRejected;
  }
  if (IsShellVariable(value)) return kRejected;
  if (value.starts_with("${") || value.starts_with("{{") ||
      value.starts_with("%(") || value.starts_with("$(")) {
    return Filler("a reference to a variable");
  }
  if (IsNoSecret(value) && !value.starts_with('$')) return kRejected;
  // Two words with a blank: prose in quotes, as in "password: keep empty".
  if (value.find(' ') != std::string_view::npos &&
      All(value, [](char c) { return IsAlpha(c) || c == ' '; })) {
    return kRejected;
  }
  return kAccepted;
}

Validation CheckPasswordProse(std::string_view value) {
  const Validation plain = CheckPassword(value);
  if (plain.verdict != Verdict::kAccept) return plain;
  if (IsExtent(value)) return kRejected;
  const bool letters = std::any_of(value.begin(), value.end(), IsAlpha);
  const bool others = std::any_of(value.begin(), value.end(), [](char c) {
    return IsDigit(c) || (!IsAlpha(c) && c != '.' && c != ':' && c != '-' &&
                          c != '_' && c != '?' && c != '\\');
  });
  return AcceptIf(letters && others && value.size() >= 6);
}

Validation CheckSecret(std::string_view value) {
  if (IsNoSecret(value)) return kRejected;
  return AcceptIf(!IsIdentifier(value) && LooksGenerated(value));
}

Validation CheckGenerated(std::string_view value) {
  if (CheckSecret(value).verdict == Verdict::kReject || IsUuidForm(value)) {
    return kRejected;
  }
  // Classes, files, addresses and dates are parts of few changes each.
  const std::size_t parts = Count(value, [](char c) {
    return c == '.' || c == '/' || c == '-' || c == '_';
  });
  if (parts * 6 > value.size()) return kRejected;
  const std::size_t changes = Changes(value);
  const bool mixed = std::any_of(value.begin(), value.end(), IsUpper) &&
                     std::any_of(value.begin(), value.end(), IsLower);
  if (changes >= 3) return kAccepted;
  // One long run of both cases with a digit, as random text can be.
  return AcceptIf(changes >= 1 && parts == 0 && value.size() >= 20 &&
                  (mixed || value.size() >= 24));
}

Validation CheckRandom(std::string_view value) {
  const double entropy = Entropy(value);
  if (entropy < kFillerEntropy || Distinct(value) < 6) return kRejected;
  if (entropy < kMinEntropy) return Lowered("too regular to be generated");
  return kAccepted;
}

Validation CheckToken(std::string_view value) {
  // One byte over and over; 'A' is what zero bits are in base 64.
  std::size_t run = 0;
  for (std::size_t i = 1; i < value.size(); ++i) {
    run = value[i] == value[i - 1] && value[i] != 'A' ? run + 1 : 0;
    if (run >= kMostEqual) return kRejected;
  }
  // The prefix has variety of its own, so its end alone is judged.
  const std::string_view tail =
      value.substr(value.size() - std::min<std::size_t>(value.size(), 24));
  if (Distinct(tail) < 5) return kRejected;
  if (Entropy(tail) < kMinTailEntropy) {
    return Lowered("too regular to be generated");
  }
  return CheckRandom(value);
}

Validation CheckUrlPassword(std::string_view value) {
  if (value.size() < 2) return kRejected;
  // scheme://%s:%s@host is a template, $PASS a reference: no value at all.
  if (value.starts_with('$') || value.starts_with('{') ||
      value.starts_with('<') || value == "%s" || value == "%d") {
    return kRejected;
  }
  if (value.find("{{") != std::string_view::npos ||
      value.find("}}") != std::string_view::npos ||
      ContainsCaseless(value, "%7b%7b")) {
    return kRejected;
  }
  if (Distinct(value) == 1) return kRejected;  // xxxx, ****, 1111
  if (EqualCaseless(value, "pass") || EqualCaseless(value, "password")) {
    return Filler("a placeholder");
  }
  return kAccepted;
}

Validation CheckJwt(std::string_view value) {
  const std::string_view first = FirstPart(value, '.');
  if (first.size() == value.size()) return kRejected;
  const auto header = DecodeBase64(first);
  if (!header || header->size() < 2 || header->front() != '{') return kRejected;
  // The header is one flat JSON object; that it closes and names an algorithm
  // is what no other base64 text has.
  const std::size_t last = header->find_last_not_of(" \t\r\n");
  if ((*header)[last] != '}') return kRejected;
  const bool named = header->find("\"alg\"") != std::string::npos ||
                     header->find("\"typ\"") != std::string::npos ||
                     header->find("\"enc\"") != std::string::npos;
  if (!named) return kRejected;
  const std::string_view payload =
      FirstPart(value.substr(first.size() + 1), '.');
  return payload.size() >= 2 ? kAccepted : kRejected;
}

Validation CheckBasicAuth(std::string_view value) {
  const auto decoded = DecodeBase64(value);
  if (!decoded) return kRejected;
  const std::size_t colon = decoded->find(':');
  if (colon == std::string::npos) return kRejected;
  return AcceptIf(All(*decoded, [](char c) {
    return static_cast<unsigned char>(c) >= 0x20 && c != 0x7f;
  }));
}

Validation CheckGithubCrc32(std::string_view value) {
  const std::size_t joint = value.find('_');
  if (joint == std::string_view::npos || value.size() < joint + 8) {
    return kRejected;
  }
  const std::string_view body = value.substr(joint + 1);
  const std::string_view payload = body.substr(0, body.size() - 6);
  if (Base62(Crc32(payload), 6) == body.substr(body.size() - 6)) {
    return kAccepted;
  }
  return Lowered("the token's checksum does not hold");
}

Validation CheckAwsKeyId(std::string_view value) {
  if (value.size() != 20) return kRejected;
  // 16 random characters of base 32 hold 12 different ones.
  return AcceptIf(Distinct(value.substr(4)) >= 6);
}

Validation CheckTelegram(std::string_view value) {
  const std::string_view id = FirstPart(value, ':');
  if (id.size() < 6 || !All(id, IsDigit)) return kRejected;
  return CheckRandom(value.substr(std::min(id.size() + 1, value.size())));
}

}  // namespace logspill
