// Predicts what an expression in source code may print: the identity class that
// its name, key, type or origin suggests.
//
// It is a prediction from names alone, which are wrong more often than right;
// what a value is, the logs decide.
//
// Lifetime:  refers to a SubjectTable that outlives it.
// Threads:   const after construction.
// Cost:      O(text given), a microsecond.

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "scanner/identity/classifier.h"

namespace logspill {

// Words that name a sort of value, or what carries several: data, from
// patterns/predictions.toml.
struct PredictionWords {
  struct Kind {
    std::string name;  // "email", "uuid", "url"
    std::vector<std::string> words;
    // Whose it is makes the class: consumer_uuid; else the kind is the class.
    bool by_subject = false;
    Severity severity = Severity::kMedium;  // where no subject has its own
  };
  std::vector<Kind> kinds;
  // Calls and members that let no identifier through: len, hash, mask.
  std::vector<std::string> barriers;
};

// What the source says about a value that is printed.
struct PrintedExpression {
  std::string_view argument;  // "consumer.uuid"
  std::string_view key;       // of a structured call
  std::string_view origin;    // what the argument was assigned
  std::string_view type;      // that it was declared with
};

struct Predicted {
  std::string class_name;  // "consumer_uuid", "email", "url"; empty: nothing
  Severity severity = Severity::kInfo;
};

class Predictor {
 public:
  Predictor(const SubjectTable* subjects, PredictionWords words)
      : classifier_(subjects), words_(std::move(words)) {}

  // What is suggested, and how bad it would be.
  Predicted Predict(const PrintedExpression& printed) const;
  std::string ClassOf(const PrintedExpression& printed) const {
    return Predict(printed).class_name;
  }

  // True where what the expression prints cannot be read back.
  bool IsBarrier(std::string_view expression) const;

 private:
  Predicted FromName(std::string_view name) const;
  const PredictionWords::Kind* KindOf(std::string_view name) const;

  Classifier classifier_;
  PredictionWords words_;
};

}  // namespace logspill
