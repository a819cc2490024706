// A rule for each shape and for each thing that a rule can ask of the engine,
// so that the engine's tests do not depend on what the packs hold today.

#pragma once

#include "scanner/rule/rule.h"

namespace logspill::naive {

RuleSet TestRules();

}  // namespace logspill::naive
