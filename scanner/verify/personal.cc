// RFC 5321 (mail), ITU-T E.164 (phone), SSA POMS RM 10201 (SSN), IRS (ITIN).

#include <algorithm>
#include <cstdint>
#include <string>

#include "scanner/verify/checks.h"
#include "scanner/verify/text.h"

namespace logspill {
namespace {

// Endings of file names and systemd units that look like a top-level domain
// and are none.
constexpr std::string_view kNoDomain[] = {
    "bmp",    "class", "cpp",  "css",       "csv",  "dll",     "exe",
    "gif",    "gz",    "html", "ico",       "jar",  "java",    "jpeg",
    "jpg",    "js",    "json", "jsx",       "lock", "log",     "mount",
    "path",   "pdf",   "php",  "png",       "scss", "service", "slice",
    "socket", "svg",   "swap", "target",    "tgz",  "timer",   "toml",
    "ts",     "tsx",   "txt",  "webp",      "whl",  "xml",     "yaml",
    "yml",    "scope", "conf", "automount",
};

// RFC 2606 and RFC 6761: names that reach nobody.
constexpr std::string_view kReserved[] = {"example", "invalid", "localhost",
                                          "test"};

constexpr std::size_t kMaxAddress = 254;  // RFC 5321, erratum 1690
constexpr std::size_t kMaxLocalPart = 64;

bool IsLabel(std::string_view label) {
  if (label.empty() || label.size() > 63) return false;
  if (label.front() == '-' || label.back() == '-') return false;
  return All(label, [](char c) { return IsAlnum(c) || c == '-'; });
}

bool AreLabels(std::string_view domain) {
  while (true) {
    const std::size_t dot = domain.find('.');
    if (!IsLabel(domain.substr(0, dot))) return false;
    if (dot == std::string_view::npos) return true;
    domain.remove_prefix(dot + 1);
  }
}

bool IsOneOf(std::string_view text, const std::string_view* begin,
             const std::string_view* end) {
  return std::any_of(
      begin, end, [&](std::string_view w) { return EqualCaseless(text, w); });
}

// Country code, and how many digits follow it.
struct Country {
  std::string_view code;
  std::uint8_t min;
  std::uint8_t max;
};

// National (significant) number lengths as the countries told the ITU; sorted
// by nothing: no code is a prefix of another.
constexpr Country kCountries[] = {
    {"1", 10, 10},  {"7", 10, 10},   {"20", 8, 10},  {"27", 9, 9},
    {"30", 10, 10}, {"31", 9, 9},    {"32", 8, 9},   {"33", 9, 9},
    {"34", 9, 9},   {"36", 8, 9},    {"39", 6, 11},  {"40", 9, 9},
    {"41", 9, 9},   {"43", 7, 13},   {"44", 9, 10},  {"45", 8, 8},
    {"46", 7, 10},  {"47", 8, 8},    {"48", 9, 9},   {"49", 7, 12},
    {"51", 8, 9},   {"52", 10, 10},  {"53", 8, 8},   {"54", 10, 11},
    {"55", 10, 11}, {"56", 9, 9},    {"57", 8, 10},  {"58", 10, 10},
    {"60", 8, 10},  {"61", 9, 9},    {"62", 8, 12},  {"63", 8, 10},
    {"64", 8, 10},  {"65", 8, 8},    {"66", 8, 9},   {"81", 9, 10},
    {"82", 8, 10},  {"84", 9, 10},   {"86", 10, 11}, {"90", 10, 10},
    {"91", 10, 10}, {"92", 9, 10},   {"93", 9, 9},   {"94", 9, 9},
    {"95", 7, 10},  {"98", 10, 10},  {"211", 9, 9},  {"212", 9, 9},
    {"213", 8, 9},  {"216", 8, 8},   {"218", 8, 9},  {"220", 7, 7},
    {"221", 9, 9},  {"225", 10, 10}, {"233", 9, 9},  {"234", 8, 10},
    {"237", 9, 9},  {"243", 9, 9},   {"244", 9, 9},  {"249", 9, 9},
    {"250", 9, 9},  {"251", 9, 9},   {"254", 9, 9},  {"255", 9, 9},
    {"256", 9, 9},  {"258", 8, 9},   {"260", 9, 9},  {"263", 9, 9},
    {"351", 9, 9},  {"352", 6, 11},  {"353", 7, 9},  {"354", 7, 9},
    {"355", 8, 9},  {"356", 8, 8},   {"357", 8, 8},  {"358", 6, 12},
    {"359", 8, 9},  {"370", 8, 8},   {"371", 8, 8},  {"372", 7, 8},
    {"373", 8, 8},  {"374", 8, 8},   {"375", 9, 9},  {"376", 6, 9},
    {"377", 8, 9},  {"380", 9, 9},   {"381", 8, 9},  {"382", 8, 8},
    {"383", 8, 8},  {"385", 8, 9},   {"386", 8, 8},  {"387", 8, 9},
    {"389", 8, 8},  {"420", 9, 9},   {"421", 9, 9},  {"423", 7, 9},
    {"502", 8, 8},  {"503", 8, 8},   {"504", 8, 8},  {"505", 8, 8},
    {"506", 8, 8},  {"507", 7, 8},   {"591", 8, 8},  {"593", 8, 9},
    {"595", 9, 9},  {"598", 8, 8},   {"850", 8, 10}, {"852", 8, 8},
    {"853", 8, 8},  {"855", 8, 9},   {"856", 8, 10}, {"880", 8, 10},
    {"886", 8, 9},  {"960", 7, 7},   {"961", 7, 8},  {"962", 8, 9},
    {"963", 8, 9},  {"964", 8, 10},  {"965", 8, 8},  {"966", 9, 9},
    {"967", 7, 9},  {"968", 8, 8},   {"970", 8, 9},  {"971", 8, 9},
    {"972", 8, 9},  {"973", 8, 8},   {"974", 8, 8},  {"975", 7, 8},
    {"976", 8, 8},  {"977", 8, 10},  {"992", 9, 9},  {"993", 8, 8},
    {"994", 9, 9},  {"995", 9, 9},   {"996", 9, 9},  {"998", 9, 9},
};

struct Ssn {
  int area = 0;
  int group = 0;
  int serial = 0;
};

// nnn-nn-nnnn, or the digits alone.
bool ParseSsn(std::string_view value, Ssn* ssn) {
  std::string digits;
  for (const char c : value) {
    if (IsDigit(c)) digits.push_back(c);
  }
  const bool form = value.size() == 9 ||
                    (value.size() == 11 && value[3] == '-' && value[6] == '-');
  if (!form || digits.size() != 9) return false;
  ssn->area =
      (digits[0] - '0') * 100 + (digits[1] - '0') * 10 + digits[2] - '0';
  ssn->group = (digits[3] - '0') * 10 + digits[4] - '0';
  ssn->serial = std::stoi(digits.substr(5));
  return true;
}

}  // namespace

Validation CheckEmail(std::string_view value) {
  const std::size_t at = value.rfind('@');
  if (at == std::string_view::npos || value.size() > kMaxAddress) {
    return kRejected;
  }
  const std::string_view local = value.substr(0, at);
  const std::string_view domain = value.substr(at + 1);
  if (local.empty() || local.size() > kMaxLocalPart || local.back() == '.' ||
      local.front() == '.' || local.find("..") != std::string_view::npos) {
    return kRejected;
  }
  const std::size_t dot = domain.rfind('.');
  if (dot == std::string_view::npos || !AreLabels(domain)) return kRejected;
  const std::string_view top = domain.substr(dot + 1);
  if (top.size() < 2 || !All(top, IsAlpha) ||
      IsOneOf(top, std::begin(kNoDomain), std::end(kNoDomain))) {
    return kRejected;
  }
  if (IsOneOf(top, std::begin(kReserved), std::end(kReserved))) {
    return Filler("reserved domain (RFC 2606)");
  }
  return kAccepted;
}

Validation CheckPhone(std::string_view value) {
  if (value.empty() || value.front() != '+') return kRejected;
  std::string digits;
  for (const char c : value.substr(1)) {
    if (IsDigit(c)) digits.push_back(c);
  }
  if (digits.size() < 7 || digits.size() > 15) return kRejected;
  for (const Country& country : kCountries) {
    if (!digits.starts_with(country.code)) continue;
    const std::size_t national = digits.size() - country.code.size();
    if (national < country.min || national > country.max) return kRejected;
    // North American area and exchange codes begin with 2-9.
    if (country.code == "1" && (digits[1] < '2' || digits[4] < '2')) {
      return kRejected;
    }
    if (country.code == "1" && digits.substr(4, 5) == "55501") {
      return Filler("number kept for fiction");
    }
    return kAccepted;
  }
  return kRejected;
}

Validation CheckSsn(std::string_view value) {
  Ssn ssn;
  if (!ParseSsn(value, &ssn)) return kRejected;
  if (ssn.area == 0 || ssn.area == 666 || ssn.area >= 900 || ssn.group == 0 ||
      ssn.serial == 0) {
    return kRejected;
  }
  // Printed on a sample card and in a pamphlet; never valid since.
  if ((ssn.area == 78 && ssn.group == 5 && ssn.serial == 1120) ||
      (ssn.area == 219 && ssn.group == 9 && ssn.serial == 9999) ||
      (ssn.area == 123 && ssn.group == 45 && ssn.serial == 6789)) {
    return Filler("a number known from print");
  }
  return kAccepted;
}

Validation CheckItin(std::string_view value) {
  Ssn ssn;
  if (!ParseSsn(value, &ssn) || ssn.area < 900) return kRejected;
  const int group = ssn.group;
  return AcceptIf((group >= 50 && group <= 65) ||
                  (group >= 70 && group <= 88) ||
                  (group >= 90 && group <= 92) || group >= 94);
}

}  // namespace logspill
