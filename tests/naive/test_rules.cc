#include "tests/naive/test_rules.h"

#include <algorithm>
#include <utility>

#include "scanner/rule/shape.h"

namespace logspill::naive {
namespace {

// With the pattern of the shape where it gives none.
Rule ShapeRule(std::string id, Shape shape, std::vector<std::string> match,
               std::string pattern = {}) {
  Rule rule;
  rule.id = std::move(id);
  rule.kind = rule.id;
  rule.shape = shape;
  rule.pattern = pattern.empty() ? ShapePattern(shape) : std::move(pattern);
  rule.match = std::move(match);
  rule.max_bytes = 320;
  return rule;
}

Rule AnchorRule(std::string id, Rank rank, std::vector<std::string> anchors,
                std::string pattern, std::vector<std::string> match) {
  Rule rule;
  rule.id = std::move(id);
  rule.kind = rule.id;
  rule.rank = rank;
  rule.anchors = std::move(anchors);
  rule.pattern = std::move(pattern);
  rule.match = std::move(match);
  rule.max_bytes = 200;
  return rule;
}

void AddIdentifiers(std::vector<Rule>* rules) {
  rules->push_back(ShapeRule("t.uuid", Shape::kUuid,
                             {"id 123e4567-e89b-12d3-a456-426614174000 seen"}));
  rules->push_back(ShapeRule("t.hex32", Shape::kHex32,
                             {"md5 9e107d9d372bb6826bd81d3542a419d6"}));
  rules->push_back(ShapeRule("t.ulid", Shape::kUlid,
                             {"order 01ARZ3NDEKTSV4RRFFQ69G5FAV"},
                             R"(\b[0-7][0-9A-HJKMNP-TV-Z]{25}\b)"));
  rules->push_back(ShapeRule("t.ipv4", Shape::kIpv4, {"from 192.0.2.17:443"}));
  // The shape leaves it to the validator to tell an address from other groups.
  rules->push_back(
      ShapeRule("t.ipv6", Shape::kIpv6, {"peer 2a00:1450::17 is up"}));
  rules->back().validator = "ipv6";
  rules->push_back(
      ShapeRule("t.mac", Shape::kMac,
                {"port 00:00:5e:00:53:af up", "00-00-5E-00-53-AF"}));
}

void AddPersonal(std::vector<Rule>* rules) {
  rules->push_back(
      ShapeRule("t.email", Shape::kEmail,
                {"to alice@example.org now", "bob.b+tag@mail.example.com"}));
  rules->push_back(ShapeRule(
      "t.card", Shape::kCard,
      {"card 4111111111111111", "4111 1111 1111 1111", "3782-822463-10005"}));
  rules->push_back(
      ShapeRule("t.iban", Shape::kIban,
                {"GB82WEST12345698765432", "DE89 3704 0044 0532 0130 00"},
                R"(\b[A-Z]{2}\d{2}(?:[A-Z0-9]{11,30}|(?: [A-Z0-9]{4}){3,7})"
                R"((?: [A-Z0-9]{1,3})?)\b)"));
  rules->push_back(ShapeRule("t.ssn", Shape::kSsn, {"ssn 078-05-1120"},
                             R"(\b\d{3}-\d{2}-\d{4}\b)"));
  rules->push_back(ShapeRule("t.phone", Shape::kPhone,
                             {"call +1 202-555-0143", "+442079460958"},
                             R"(\+[1-9](?:[ .()-]{0,2}\d){6,14}\b)"));
}

void AddCredentials(std::vector<Rule>* rules) {
  rules->push_back(AnchorRule("t.prefix", Rank::kFixedPrefix, {"tkn_"},
                              R"(\btkn_[A-Za-z0-9]{20}\b)",
                              {"auth tkn_A1b2C3d4E5f6G7h8I9j0 ok"}));
  Rule keyed = AnchorRule("t.keyed", Rank::kNamedByKey, {"passwd", "pwd"},
                          R"((?i)\b(?:passwd|pwd)["']?\s*[:=]\s*["']?)"
                          R"((?P<value>[^\s"',;&]{4,40}))",
                          {"passwd=hunter2x", R"("pwd": "s3cr3tly")"});
  keyed.anchors_caseless = true;
  rules->push_back(keyed);
  Rule near = AnchorRule("t.near", Rank::kNamedByKey, {"Z9"},
                         R"(\bZ9[0-9]{6}\b)", {"licence number Z9123456"});
  near.near = {"licence", "permit"};
  near.near_required = true;
  rules->push_back(near);
  Rule varied = AnchorRule("t.varied", Rank::kFixedPrefix, {"vy_"},
                           R"(\bvy_[a-z0-9]{8})", {"with vy_aabbccdd ok"});
  varied.min_entropy = 2.7;  // most mutations of the example go below
  rules->push_back(varied);
  Rule capped = AnchorRule("t.capped", Rank::kFixedPrefix, {"<<"},
                           R"(<<[a-z ]*>>)", {"see <<some words>>"});
  capped.max_bytes = 24;
  rules->push_back(capped);
  Rule region;
  region.id = region.kind = "t.region";
  region.rank = Rank::kFixedPrefix;
  region.region = {"-----BEGIN BLOCK-----", "-----END BLOCK-----", 20};
  region.pattern = "-----BEGIN BLOCK-----";
  region.match = {"-----BEGIN BLOCK-----\nQUJD\n-----END BLOCK-----"};
  region.max_bytes = 4096;
  rules->push_back(region);
}

}  // namespace

RuleSet TestRules() {
  RuleSet set;
  AddIdentifiers(&set.rules);
  AddPersonal(&set.rules);
  AddCredentials(&set.rules);
  // As the loader sorts them.
  std::sort(set.rules.begin(), set.rules.end(),
            [](const Rule& a, const Rule& b) { return a.id < b.id; });
  for (std::uint32_t i = 0; i < set.rules.size(); ++i) set.rules[i].index = i;
  set.digest = "the rules of the tests";
  return set;
}

}  // namespace logspill::naive
