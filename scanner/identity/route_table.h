// The routes of a code base as a table that names what stands in a URL's path:
// for "/placement/allocations/<uuid>" it is the consumer_uuid of
// /allocations/{consumer_uuid}.
//
// Which route a path belongs to:
//   - the route's segments are the last of the path; what stands before them is
//     where the service is mounted ("/placement", "/api/v1").  A route that
//     begins with a parameter is never mounted, or it would fit every path;
//   - of several the one with the most segments, then the one that has literal
//     text where the other has a parameter, from the left, then the first.
//
// Lifetime:  copies the routes; refers to the subjects while it is built.
// Threads:   const after construction.
// Cost:      of a path without our routes one look-up a segment; of one with
//            them the depth of the route, whatever their number.  No
//            allocation.
// Units:     spans are in bytes of the record.

#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "scanner/base/span.h"
#include "scanner/callsite/route.h"
#include "scanner/identity/subjects.h"

namespace logspill {

// A path's segments matched with a route's.
struct RouteMatch {
  std::uint32_t route = 0;  // index in RouteTable::routes()
  std::uint32_t mount = 0;  // segments before it
};

// A value that stands where a route has a parameter.
struct RouteHit {
  std::uint32_t route = 0;
  std::string_view parameter;  // "consumer_uuid"; views the table
  SubjectId subject = kNoSubject;
};

class RouteTable {
 public:
  static constexpr std::size_t kMaxSegments =
      32;                                      // of a path that is looked at
  static constexpr std::size_t kReach = 1024;  // bytes around a value

  RouteTable(std::vector<Route> routes, const SubjectTable& subjects);

  const std::vector<Route>& routes() const { return routes_; }

  // The route of a path that was cut at its slashes.
  std::optional<RouteMatch> Match(
      std::span<const std::string_view> segments) const;

  // What `value` is in the URL of `record` that holds it, also an absolute one
  // or one whose slashes are escaped (%2F, \/); nullopt where it stands in no
  // path, or in one of no route.
  std::optional<RouteHit> Find(std::string_view record, Span value) const;

  // "route /users/{id} (shop/web.py:12)".
  std::string Reason(std::uint32_t route) const;

  // What a request's path may carry of persons and customers, by the names of
  // the parameters alone: "consumer_uuid", "user_id".  Sorted.
  std::vector<std::string> PersonalClasses(const SubjectTable& subjects) const;

 private:
  static constexpr std::uint32_t kNone = ~std::uint32_t{0};

  // "{id}.json": a parameter with literal text around it.
  struct Mixed {
    std::string before;
    std::string after;
    std::uint32_t node = kNone;
  };
  struct Node {
    std::vector<std::pair<std::string, std::uint32_t>> literals;  // sorted
    std::vector<Mixed> mixed;
    std::uint32_t parameter = kNone;  // node behind one
    std::uint32_t route = kNone;      // that ends here
    std::uint32_t rest = kNone;       // route whose last parameter takes all
  };
  // What a segment of a route holds.
  struct Parameter {
    std::string name;
    bool is_parameter = false;
    bool rest = false;
    SubjectId subject = kNoSubject;
  };

  void Add(std::uint32_t route, const SubjectTable& subjects);
  std::uint32_t Step(std::uint32_t node, std::string_view segment);
  std::uint32_t Child(const Node& node, std::string_view literal) const;
  std::uint32_t MatchFrom(std::uint32_t node,
                          std::span<const std::string_view> segments) const;

  std::vector<Route> routes_;
  std::vector<std::vector<Parameter>> parameters_;  // of each route's segments
  std::vector<Node> nodes_;
};

// "/users/{id}" -> "users", "{id}"; empty segments are left out.
std::vector<std::string_view> SegmentsOf(std::string_view path);

}  // namespace logspill
