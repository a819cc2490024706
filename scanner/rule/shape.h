// What each shape means, as a pattern.  This is the definition: the engine's
// hand-written span finders (scanner/match/shape_span.h) agree with it, and a
// rule that names a shape may leave its own pattern out.
//
// Boundaries: a value stands alone, between bytes that could not be part of it.
// '_' separates words here, unlike for \b: `volume_<uuid>` holds a UUID.

#pragma once

#include <string_view>

#include "scanner/rule/rule.h"

namespace logspill {

// Empty where a rule must give the pattern itself.
constexpr std::string_view ShapePattern(Shape shape) {
  switch (shape) {
    case Shape::kUuid:
      return R"((?:\b|_)(?P<value>[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-)"
             R"([0-9A-Fa-f]{4}-[0-9A-Fa-f]{12})(?:\b|_))";
    case Shape::kHex32:
      return R"((?:\b|_)(?P<value>[0-9A-Fa-f]{32})(?:\b|_))";
    case Shape::kIpv4:
      return R"((?:^|[^0-9A-Za-z_.])(?P<value>(?:[0-9]{1,3}\.){3}[0-9]{1,3}))"
             R"((?:$|[^0-9A-Za-z_.]|\.(?:$|[^0-9A-Za-z])))";
    case Shape::kIpv6:
      // A word and a colon may stand before it, as in `addr:fe80::1`.
      return R"((?:^|[^0-9A-Za-z_:.]|[0-9A-Za-z_]{0,32}[G-Zg-z_][0-9A-Za-z_]{0,32}:))"
             R"((?P<value>[0-9A-Fa-f:]{2,39}(?:[0-9]{1,3}(?:\.[0-9]{1,3}){3})?))"
             R"((?:$|[^0-9A-Za-z_:.]|\.(?:$|[^0-9A-Za-z])))";
    case Shape::kMac:
      return R"((?:^|[^0-9A-Za-z_:-]|[0-9A-Za-z_]{0,32}[G-Zg-z_][0-9A-Za-z_]{0,32}:))"
             R"((?P<value>[0-9A-Fa-f]{2}(?::[0-9A-Fa-f]{2}){5}|)"
             R"([0-9A-Fa-f]{2}(?:-[0-9A-Fa-f]{2}){5}|)"
             R"([0-9A-Fa-f]{4}\.[0-9A-Fa-f]{4}\.[0-9A-Fa-f]{4}))"
             R"((?:$|[^0-9A-Za-z_:-]|[:-](?:$|[^0-9A-Za-z_:-])))";
    case Shape::kEmail:
      return R"((?P<value>[0-9A-Za-z][0-9A-Za-z._%+-]{0,63}@)"
             R"([0-9A-Za-z][0-9A-Za-z.-]{0,190}\.[A-Za-z]{2,24})(?:$|[^0-9A-Za-z]))";
    case Shape::kCard:
      return R"((?:^|[^0-9A-Za-z_.+-])(?P<value>[0-9]{13,19}|)"
             R"([0-9]{4}[ -][0-9]{4}[ -][0-9]{4}[ -][0-9]{3,4}|)"
             R"([0-9]{4}[ -][0-9]{6}[ -][0-9]{4,5})(?:$|[^0-9A-Za-z_-]))";
    case Shape::kBase58:
      return R"((?:\b|_)(?P<value>[1-9A-HJ-NP-Za-km-z]{26,36})(?:\b|_))";
    default:
      return {};
  }
}

}  // namespace logspill
