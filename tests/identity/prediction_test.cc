#include "scanner/identity/prediction.h"

#include <gtest/gtest.h>

#include "patterns/loader.h"

namespace logspill {
namespace {

class Prediction : public testing::Test {
 protected:
  static std::string Of(const PrintedExpression& printed) {
    static const SubjectTable subjects = *LoadSubjects({});
    static const Predictor predictor(&subjects, *LoadPredictions());
    return predictor.ClassOf(printed);
  }
  static std::string Of(std::string_view argument) {
    return Of(PrintedExpression{argument, {}, {}, {}});
  }
};

TEST_F(Prediction, ANameSaysWhoseAndWhat) {
  EXPECT_EQ(Of("consumer.uuid"), "consumer_uuid");
  EXPECT_EQ(Of("userId"), "user_id");
  EXPECT_EQ(Of("user.getEmail()"), "user_email");
  EXPECT_EQ(Of("recipient"), "email");
  EXPECT_EQ(Of("request_id"), "request_id");
  EXPECT_EQ(Of("agg_uuid"), "uuid");
  EXPECT_EQ(Of("session['token']"), "secret");
  EXPECT_EQ(Of("req.url"), "url");
  EXPECT_EQ(Of("environ"), "headers");
  EXPECT_EQ(Of("exc"), "exception");
  EXPECT_EQ(Of("count_of_things"), "");
  EXPECT_EQ(Of("x"), "");
}

TEST_F(Prediction, WhatOnlyPassesAValueOnSaysWhatIsInside) {
  EXPECT_EQ(Of("str(consumer.uuid)"), "consumer_uuid");
  EXPECT_EQ(Of("String.valueOf(userId)"), "user_id");
  EXPECT_EQ(Of("consumer.uuid.to_string()"), "consumer_uuid");
  EXPECT_EQ(Of("get_consumer(req)"), "consumer_id");
}

TEST_F(Prediction, BehindABarrierNothingIsLeft) {
  EXPECT_EQ(Of("len(consumer.uuid)"), "");
  EXPECT_EQ(Of("mask(user.email)"), "");
  EXPECT_EQ(Of("hashlib.sha256(user.email)"), "");
  EXPECT_EQ(Of("users.length"), "");
  EXPECT_EQ(Of("consumers.size()"), "");
  EXPECT_EQ(Of({"n", {}, "len(consumers)", {}}), "");
}

TEST_F(Prediction, KeyOriginAndTypeHelpWhereTheNameSaysNothing) {
  EXPECT_EQ(Of({"x", "user_id", {}, {}}), "user_id");
  EXPECT_EQ(Of({"x", {}, "consumer.uuid", {}}), "consumer_uuid");
  EXPECT_EQ(Of({"x", {}, {}, "Customer"}), "customer_id");
}

TEST_F(Prediction, AnyTextIsRead) {
  for (const std::string_view text : {"", "(", ")", "]", "[", "()", "a[", "a]",
                                      "f(", "f)(", "....", "'", "(("}) {
    (void)Of(text);
  }
  (void)Of(std::string(100'000, '('));
}

}  // namespace
}  // namespace logspill
