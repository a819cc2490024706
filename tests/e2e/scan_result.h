// What `logspill scan --format jsonl` said about the corpus, with the values
// that its offsets and spans point to.

#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace logspill::e2e {

struct SeenSite {
  std::string file;
  std::uint64_t line = 0;
  std::string argument;
};

struct SeenFinding {
  std::string rule, kind, class_name, severity;
  std::string value;  // the input's bytes at the span
  std::vector<std::string> reasons;
  std::string input;
  std::uint64_t line = 0;
  std::string attribution;  // "HIGH"; empty without call sites
  std::vector<SeenSite> sites;
};

struct ScanResult {
  int status = -1;
  std::string err;
  std::vector<SeenFinding> findings;
  std::uint64_t summary_findings = 0;
  bool complete = false;
};

// The corpus, or an empty path where it is not at hand.
std::filesystem::path Corpus();

// Scans one file, plain or gzip, at every severity; `more` is appended.
ScanResult Scan(const std::filesystem::path& file, const std::string& more);

// The decompressed bytes of a file, plain or gzip.
std::string Contents(const std::filesystem::path& file);

}  // namespace logspill::e2e
