// "did you mean": the known name that a wrong one was probably meant to be.
//
// Threads:   pure functions.
// Cost:      O(names x length^2); only taken on the way to an error.

#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace logspill {

// How many bytes to insert, delete, replace or swap with a neighbour.
std::size_t EditDistance(std::string_view a, std::string_view b);

// The nearest of `names`; empty where none is near enough to be a slip.
std::string Nearest(std::string_view wrong,
                    const std::vector<std::string>& names);

// "did you mean 'x'?", or empty.
std::string DidYouMean(std::string_view wrong,
                       const std::vector<std::string>& names);

}  // namespace logspill
