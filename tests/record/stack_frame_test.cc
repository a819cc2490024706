#include "scanner/record/stack_frame.h"

#include <gtest/gtest.h>

#include <string>

namespace logspill {
namespace {

// "java Desk.java:12 com.acme.Desk.serve", "exception T <text>", ...
std::string Read(std::string_view line, bool in_trace = true) {
  const StackLine read = ReadStackLine(line, in_trace);
  switch (read.kind) {
    case StackLine::Kind::kNone:
      return "none";
    case StackLine::Kind::kHead:
      return "head";
    case StackLine::Kind::kMore:
      return "more";
    case StackLine::Kind::kException:
      return "exception " + std::string(read.exception) + " <" +
             std::string(read.text.Of(line)) + ">";
    case StackLine::Kind::kFrame:
      break;
  }
  return std::string(read.frame.language) + " " + std::string(read.frame.file) +
         ":" + std::to_string(read.frame.line) + " " +
         std::string(read.frame.function);
}

TEST(StackFrame, JavaFramesAreRead) {
  EXPECT_EQ(Read("\tat com.acme.Desk.serve(Desk.java:12)"),
            "java Desk.java:12 com.acme.Desk.serve");
  EXPECT_EQ(Read("\tat java.base/java.lang.Thread.run(Thread.java:833)"),
            "java Thread.java:833 java.lang.Thread.run");
  EXPECT_EQ(Read("    at a.B.c(B.java:7) ~[app.jar:1.2]"),
            "java B.java:7 a.B.c");
  EXPECT_EQ(Read("\tat a.B.<init>(Native Method)"), "java :0 a.B.<init>");
  EXPECT_EQ(Read("\t... 12 more"), "more");
  EXPECT_EQ(Read("Caused by: java.io.IOException: gone", false),
            "exception java.io.IOException <gone>");
  EXPECT_EQ(Read("java.lang.IllegalStateException: card x", false),
            "exception java.lang.IllegalStateException <card x>");
}

TEST(StackFrame, PythonFramesAreRead) {
  EXPECT_EQ(Read("Traceback (most recent call last):", false), "head");
  EXPECT_EQ(Read("  File \"/srv/desk.py\", line 12, in serve"),
            "python /srv/desk.py:12 serve");
  EXPECT_EQ(Read("    pay(user)"), "more");
  EXPECT_EQ(Read("ValueError: card u-17"), "exception ValueError <card u-17>");
  EXPECT_EQ(Read("desk.exc.Conflict: taken"),
            "exception desk.exc.Conflict <taken>");
  EXPECT_EQ(Read("KeyboardInterrupt"), "exception KeyboardInterrupt <>");
}

TEST(StackFrame, GoFramesAreRead) {
  EXPECT_EQ(Read("panic: no card", false), "exception panic <no card>");
  EXPECT_EQ(Read("goroutine 1 [running]:", false), "head");
  EXPECT_EQ(Read("main.(*Desk).serve(0xc000012345, 0x2)"),
            "go :0 main.(*Desk).serve");
  EXPECT_EQ(Read("\t/srv/desk.go:12 +0x1d"), "go /srv/desk.go:12 ");
  EXPECT_EQ(Read("created by main.main in goroutine 1"), "go :0 main.main");
}

TEST(StackFrame, JavaScriptFramesAreRead) {
  EXPECT_EQ(Read("    at serve (/srv/desk.js:10:5)"),
            "javascript /srv/desk.js:10 serve");
  EXPECT_EQ(Read("    at async file:///srv/desk.mjs:10:5"),
            "javascript /srv/desk.mjs:10 ");
  EXPECT_EQ(Read("    at node:internal/main:12:3"),
            "javascript node:internal/main:12 ");
  EXPECT_EQ(Read("TypeError: x is not a function", false),
            "exception TypeError <x is not a function>");
}

TEST(StackFrame, CSharpAndRustFramesAreRead) {
  EXPECT_EQ(Read("   at Shop.Desk.Serve(String id) in /srv/Desk.cs:line 12"),
            "csharp /srv/Desk.cs:12 Shop.Desk.Serve");
  EXPECT_EQ(Read("   at Shop.Desk.Serve(String id)"),
            "csharp :0 Shop.Desk.Serve");
  EXPECT_EQ(Read(" ---> System.IO.IOException: gone"),
            "exception System.IO.IOException <gone>");
  EXPECT_EQ(Read("   3: desk::serve"), "rust :0 desk::serve");
  EXPECT_EQ(Read("             at ./src/desk.rs:12:5"),
            "rust ./src/desk.rs:12 ");
  EXPECT_EQ(Read("thread 'main' panicked at src/desk.rs:12:5:", false),
            "exception panic <src/desk.rs:12:5:>");
}

TEST(StackFrame, RecordsAreNone) {
  for (const char* line :
       {"", "2026-11-22 21:00:30 INFO at work", "at noon it rained",
        "Deleting block", "user: u-17", "    indented text", "INFO: started",
        "Errors were found", "127.0.0.1 - - GET /"}) {
    EXPECT_EQ(Read(line, false), "none") << line;
  }
}

TEST(StackFrame, WhatBeginsARecordDoesNotContinueOne) {
  EXPECT_TRUE(MayContinue("\tat a.B.c(B.java:7)"));
  EXPECT_TRUE(MayContinue(""));
  EXPECT_TRUE(MayContinue("  more of it"));
  EXPECT_FALSE(MayContinue("2026-11-22 21:00:30 INFO x"));
  EXPECT_FALSE(MayContinue("{\"level\":\"info\"}"));
}

}  // namespace
}  // namespace logspill
