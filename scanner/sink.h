// Where findings go, as the engine sees it.  Implemented in adapters/output.
//
// Threads:   calls are serialised by the engine.
// Order:     findings of one input come in order; OnSummary() is the last call.
// Errors:    a sink that can take no more (a closed pipe) returns false, and
//            the scan stops early and quietly.

#pragma once

#include "scanner/finding/finding.h"
#include "scanner/finding/summary.h"

namespace logspill {

class Sink {
 public:
  virtual ~Sink() = default;

  // False: only the summary is wanted, and no Finding is built.
  virtual bool wants_findings() const = 0;

  virtual bool OnFinding(const Finding& finding) = 0;
  virtual bool OnAmendment(const Amendment& amendment) = 0;
  virtual bool OnSummary(const Summary& summary) = 0;
};

}  // namespace logspill
