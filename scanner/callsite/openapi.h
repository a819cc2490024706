// Routes of OpenAPI 2 and 3 documents, in YAML or JSON.  yaml-cpp is used only
// behind this header.
//
// Threads:   pure functions.
// Errors:    a document that is no YAML says where it is wrong.
// Cost:      the document is parsed whole, about 10 MB/s.

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "scanner/base/result.h"
#include "scanner/callsite/route.h"

namespace logspill {

// Extensions of files that may hold such a document.
const std::vector<std::string>& OpenApiExtensions();

// Whether the text speaks of itself as one; only such a file is parsed.
bool MayBeOpenApi(std::string_view text);

// In the order of the document; empty where it is none after all.  The paths
// are as it has them: where a service is mounted (servers, basePath) is for
// whoever runs it to say.
Result<std::vector<Route>> ReadOpenApi(const std::string& root,
                                       const std::string& file,
                                       const std::string& text);

}  // namespace logspill
