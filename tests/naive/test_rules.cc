#include "tests/naive/test_rules.h"

#include <utility>

namespace logspill::naive {
namespace {

Rule ShapeRule(std::string id, Shape shape, std::string pattern,
               std::vector<std::string> match) {
  Rule rule;
  rule.id = std::move(id);
  rule.kind = rule.id;
  rule.shape = shape;
  rule.pattern = std::move(pattern);
  rule.match = std::move(match);
  rule.max_bytes = 128;
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
  rules->push_back(
      ShapeRule("t.uuid", Shape::kUuid,
                R"(\b[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}\b)",
                {"id 123e4567-e89b-12d3-a456-426614174000 seen"}));
  rules->push_back(ShapeRule("t.hex32", Shape::kHex32, R"(\b[0-9A-Fa-f]{32}\b)",
                             {"md5 9e107d9d372bb6826bd81d3542a419d6"}));
  rules->push_back(ShapeRule("t.ulid", Shape::kUlid,
                             R"(\b[0-7][0-9A-HJKMNP-TV-Z]{25}\b)",
                             {"order 01ARZ3NDEKTSV4RRFFQ69G5FAV"}));
  rules->push_back(ShapeRule(
      "t.ipv4", Shape::kIpv4,
      R"(\b(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)\b)",
      {"from 192.0.2.17:443"}));
  rules->push_back(
      ShapeRule("t.mac", Shape::kMac,
                R"(\b[0-9A-Fa-f]{2}(?:(?::[0-9A-Fa-f]{2}){5})"
                R"(|(?:-[0-9A-Fa-f]{2}){5})\b)",
                {"port 00:00:5e:00:53:af up", "00-00-5E-00-53-AF"}));
}

void AddPersonal(std::vector<Rule>* rules) {
  rules->push_back(ShapeRule(
      "t.email", Shape::kEmail,
      R"([A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,40}(?:\.[A-Za-z0-9-]{1,20}){1,3})",
      {"to alice@example.org now", "bob.b+tag@mail.example.com"}));
  rules->push_back(ShapeRule(
      "t.card", Shape::kCard,
      R"(\b(?:\d{13,19}|\d{4}(?:[ -]\d{4}){3}|\d{4}[ -]\d{6}[ -]\d{5})\b)",
      {"card 4111111111111111", "4111 1111 1111 1111", "3782-822463-10005"}));
  rules->push_back(ShapeRule(
      "t.iban", Shape::kIban,
      R"(\b[A-Z]{2}\d{2}(?:[A-Z0-9]{11,30}|(?: [A-Z0-9]{4}){3,7}(?: [A-Z0-9]{1,3})?)\b)",
      {"GB82WEST12345698765432", "DE89 3704 0044 0532 0130 00"}));
  rules->push_back(ShapeRule("t.ssn", Shape::kSsn, R"(\b\d{3}-\d{2}-\d{4}\b)",
                             {"ssn 078-05-1120"}));
  rules->push_back(ShapeRule("t.phone", Shape::kPhone,
                             R"(\+[1-9](?:[ .()-]{0,2}\d){6,14}\b)",
                             {"call +1 202-555-0143", "+442079460958"}));
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
  Rule capped = AnchorRule("t.capped", Rank::kFixedPrefix, {"<<"},
                           R"(<<[a-z ]*>>)", {"see <<some words>>"});
  capped.max_bytes = 24;
  rules->push_back(capped);
  Rule region;
  region.id = region.kind = "t.region";
  region.rank = Rank::kFixedPrefix;
  region.region = {"-----BEGIN BLOCK-----", "-----END BLOCK-----", 20};
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
  for (std::uint32_t i = 0; i < set.rules.size(); ++i) set.rules[i].index = i;
  set.digest = "the rules of the tests";
  return set;
}

}  // namespace logspill::naive
