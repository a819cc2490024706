#include "scanner/finding/excerpt.h"

#include <gtest/gtest.h>

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace logspill {
namespace {

constexpr std::string_view kValue = "bob@corp-real.com";
constexpr std::string_view kCanary = "John Kanarienvogel";

std::string Replaced(std::string_view text, std::string_view what,
                     std::string_view by) {
  std::string out(text);
  for (std::size_t at = out.find(what); at != std::string::npos;
       at = out.find(what, at + by.size())) {
    out.replace(at, what.size(), by);
  }
  return out;
}

// The excerpt of `text` around its first <v>, with C for the canary.
std::string ExcerptOf(std::string_view text, bool whole = true) {
  const std::string record =
      Replaced(Replaced(text, "<c>", kCanary), "<v>", kValue);
  const auto begin = static_cast<std::uint32_t>(record.find(kValue));
  const Span value{begin, begin + static_cast<std::uint32_t>(kValue.size())};
  return WithClass(MaskedExcerpt(record, value, {}, whole), "email");
}

// True where four letters in a row of the canary are in the text.
bool Sings(std::string_view text) {
  constexpr std::size_t kNote = 4;
  for (std::size_t i = 0; i + kNote <= kCanary.size(); ++i) {
    if (text.find(kCanary.substr(i, kNote)) != std::string_view::npos) {
      return true;
    }
  }
  return false;
}

TEST(Excerpt, ShowsKeysThatArePlainNamesAndNoString) {
  EXPECT_EQ(ExcerptOf(R"({"email":"<v>","name":"John Smith","x":1})"),
            R"({"email":"[email]","name":"...","x...)");
  EXPECT_EQ(ExcerptOf(R"({"name":"M","email":"<v>","pin":"secretpin"})"),
            R"({"name":"...","email":"[email]","pin":"..."})");
  EXPECT_EQ(ExcerptOf(R"({"m":"{\"mail\":\"<v>\",\"n\":\"Bo\"}"})"),
            R"({"m":"{\"mail\":\"[email]\",\"n\":\"...\"}"})");
}

TEST(Excerpt, MasksTheStringsOfCode) {
  EXPECT_EQ(
      ExcerptOf(R"(x = new NetworkCredential("<v>", "vzihlaquknriqlht");)"),
      R"(... new NetworkCredential("[email]", "...");)");
}

TEST(Excerpt, ShowsProse) {
  EXPECT_EQ(ExcerptOf("can't reach user <v> at host h12 now"),
            "can't reach user [email] at host h## now");
  EXPECT_EQ(ExcerptOf("level=info msg=\"a b\" user=<v> x=ok"),
            "...=info msg=\"...\" user=[email] x=ok");
}

TEST(Excerpt, TakesNoQuotedWordInASentenceForAKey) {
  EXPECT_EQ(ExcerptOf("no user 'jsmith': <v>"), "no user '...': [email]");
  EXPECT_EQ(ExcerptOf("no user \"jsmith\": <v>"), "no user \"...\": [email]");
}

TEST(Excerpt, MasksWhereItCannotTellWhatIsQuoted) {
  for (const char* record : {
           "<c>\", \"<v>\" x",       // begun on another line
           "<c>\\\" <v> x",          // of an inner string
           "12\" <v> \"<c>\" x",     // inches
           "a \" b <v> \"<c>\" x",   // a lone one
           "rock 'n <v> '<c>' x",    // likewise
           "<v> likes'<c>' x",       // no apostrophe
           "<v> 'O'Hara, <c>' x",    // one inside a string
           "<v> x=\\\"<c>\\\" y",    // of an outer string that is not seen
           "<v>&q=%22<c>%22",        // percent-encoded
           "<v> a=&quot;<c>&quot;",  // of markup
           "<v> {\\u0022a\\u0022:\\u0022<c>\\u0022}",
           R"(<v>,"say ""<c>"" twice",x)",  // doubled
           R"("<v>","","<c>","" x)",        // empty ones
           R"({"<v>":" <c>"})",
       }) {
    EXPECT_FALSE(Sings(ExcerptOf(record))) << record << "\n"
                                           << ExcerptOf(record);
  }
}

TEST(Excerpt, KnowsEveryFormOfAQuote) {
  for (const char* quote : {"`",
                            "%22",
                            "%27",
                            "%2522",
                            "%2527",
                            "%252522",
                            "&quot;",
                            "&apos;",
                            "&#34;",
                            "&#034;",
                            "&#39;",
                            "&#x22;",
                            "&#X0027;",
                            "&#x27;",
                            "&amp;quot;",
                            "&amp;#34;",
                            "&ldquo;",
                            "&rdquo;",
                            "&lsquo;",
                            "&rsquo;",
                            "&#8220;",
                            "&#x201c;",
                            "\\x22",
                            "\\x27",
                            "\\u0022",
                            "\\u0027",
                            "\\u201c",
                            "\\\\u201d",
                            "\\u00ab",
                            "\\042",
                            "\\047",
                            "\xe2\x80\x98",
                            "\xe2\x80\x99",
                            "\xe2\x80\x9a",
                            "\xe2\x80\x9c",
                            "\xe2\x80\x9d",
                            "\xe2\x80\x9e",
                            "\xe2\x80\x9f",
                            "\xe2\x80\xb9",
                            "\xe2\x80\xba",
                            "\xc2\xab",
                            "\xc2\xbb"}) {
    for (const char* carrier :
         {"<v> x=<q><c><q> y", "x=<q><c><q> <v>", "x=<q><c><q>,<v>,z=<q><c><q>",
          "name<q><c><q> <v>", "<v> it's <q><c><q>", "<c><q> <v>"}) {
      const std::string text = ExcerptOf(Replaced(carrier, "<q>", quote));
      EXPECT_FALSE(Sings(text)) << carrier << " " << quote << "\n" << text;
    }
  }
}

TEST(Excerpt, ShowsTextThatOnlyLooksLikeAQuote) {
  EXPECT_EQ(ExcerptOf("p=a%20b&c=d\\n <v> isn\xe2\x80\x99t 5\xc2\xb0 ok"),
            "p=a%##b&c=d\\n [email] isn\xe2\x80\x99t #\xc2\xb0 ok");
  EXPECT_EQ(ExcerptOf("a \xe2\x86\x92 <v> &#65; \\u0041 ok"),
            "a \xe2\x86\x92 [email] &###; \\u#### ok");
}

TEST(Excerpt, ShowsNoByteOfATypographicQuote) {
  EXPECT_EQ(ExcerptOf("by <v> \xe2\x80\x9c<c>\xe2\x80\x9d"), "by [email] ...");
}

TEST(Excerpt, TakesNoPrefixOfAStringForAWordWithAnApostrophe) {
  for (const char* prefix :
       {"b", "B", "u", "U", "r", "f", "N", "E", "rb", "Rb", "bR", "fr"}) {
    for (const char* ending : {"s", "t", "d", "m", "re", "ve", "ll"}) {
      const std::string text =
          ExcerptOf(std::string("x=") + prefix + "'" + ending + " <c>' <v>");
      EXPECT_FALSE(Sings(text)) << prefix << ending << "\n" << text;
    }
  }
}

TEST(Excerpt, LosesTheTurnsWhereABackslashMayEndAString) {
  for (const char quote : {'"', '\'', '`'}) {
    for (const char* behind :
         {",", ";", ")", "]", "}", "|", " ", ": ", "=", "}]", ")-", "/"}) {
      for (const char* opener : {"", "-", "(", " ", ","}) {
        const std::string q(1, quote);
        const std::string text = q + "\\x\\" + q + behind + q + opener +
                                 std::string(kCanary) + opener + q;
        for (const std::string& record :
             {"{" + text + ")->id=<v>", "a=" + text + "id=" + q + "<v>" + q,
              "a=<v>," + text, q + "<v>" + q + ", " + text}) {
          const std::string shown = ExcerptOf(record);
          ASSERT_FALSE(Sings(shown)) << record << "\n" << shown;
        }
      }
    }
  }
  EXPECT_FALSE(Sings(ExcerptOf(R"(a="\x\"}]" <c>"id=<v>)")));
}

TEST(Excerpt, ShowsWhatIsBehindAStringWithQuotedWords) {
  EXPECT_EQ(ExcerptOf(R"(m="\"a" user=<v> x=ok)"),
            R"(m="\"..." user=[email] x=ok)");
}

TEST(Excerpt, TakesAWindowOfALongRecordForQuoted) {
  EXPECT_FALSE(Sings(ExcerptOf("<c> <v> <c>", false)));
  EXPECT_EQ(ExcerptOf("x\": 1, \"email\": \"<v>\"}", false),
            "...\"...\"email\": \"[email]\"}...");
}

TEST(Excerpt, ShowsNoLongWordThatIsNone) {
  EXPECT_EQ(ExcerptOf("/bPxRfiCYEXAMPLEKEY x=<v> pw 4eC39HqLyjWD7 ok"),
            "/... x=[email] pw ... ok");
  EXPECT_EQ(ExcerptOf("on 1700000000 <v> sha256"),
            "on ########## [email] sha###");
}

TEST(Excerpt, ShowsNoHalfOfAWord) {
  const std::string text = ExcerptOf("abc " + std::string(30, 'k') +
                                     " x=<v> y=" + std::string(30, 'k'));
  EXPECT_EQ(text, "... x=[email] y=...");
}

// The place of the value and of the cut must not matter.
TEST(Excerpt, NeverShowsAQuotedStringWhereverTheWindowIsCut) {
  const std::vector<std::string> carriers = {
      R"({"p":"<p>","a":"<v>","b":"<c>"})",
      R"({"p":"<p>","b":"<c>","a":"<v>"})",
      R"({"b":"<c>","p":"<p>","a":"<v>","q":"<p>","c":"<c>"})",
      R"({"a": "<v>", "b": ["<p>", "<c>", {"d": "<c>"}]})",
      R"({"p":<p>,"m":"mail <v> of <c>, <c>"})",
      R"({"m":"{\"p\":\"<p>\",\"a\":\"<v>\",\"b\":\"<c>\"}"})",
      R"({"m":"{\"b\":\"<c>\",\"p\":\"<p>\",\"a\":\"<v>\"}"})",
      R"({"m":"{\"n\":\"{\\\"a\\\":\\\"<v>\\\",\\\"b\\\":\\\"<c>\\\"}\"}"})",
      R"({"m":"user \"<v>\" is <c>","p":"<p>"})",
      R"({"m":"<p>: \"<v>\" is \"<c>\""})",
      R"("<p>","<v>","<c>","<p>")",
      R"("<c>","<p>","<v>","<c>")",
      R"("<p>";"<v>";"<c>")",
      R"('<p>','<v>','<c>')",
      R"({'p': '<p>', 'a': '<v>', 'b': '<c>'})",
      R"({'b': u'<c>', 'p': b'<p>', 'a': u'<v>', 'c': "it's <c>"})",
      R"(User(p='<p>', mail='<v>', name='<c>'))",
      R"(it's <p> 'mail' <v> of '<c>' isn't it '<c>')",
      R"(p=<p> mail="<v>" name="<c>" x='<c>')",
      R"(INSERT INTO t (a) VALUES ('<p>', '<v>', '<c>', 'it''s <c>'))",
      R"(f("<p>", "<v>", "<c>", '<c>');)",
      R"(<u p="<p>" mail="<v>" name="<c>"/>)",
      "p=`<p>` mail=`<v>` name=`<c>` `<c>`",
      "INSERT INTO `<p>` (`<c>`) VALUES ('<v>', `<c>`)",
      "\xe2\x80\x9c<c>\xe2\x80\x9d <p> <v> \xe2\x80\x9e<c>\xe2\x80\x9c",
      "\xc2\xab<c>\xc2\xbb <p> <v> \xc2\xab<p> <c>\xc2\xbb",
      "a=%2522<c>%2522&p=<p>&m=<v>&b=%2522<p><c>%2522",
      R"({"a\":"<c>","p":"<p>","m":"<v>","n":"<c>"})",
      R"("C:\<p>\","<c>","<v>","-<c>-")",
      "a=b's <c>' p=<p> <v> x=b't <c>'",
  };
  for (const std::string& carrier : carriers) {
    for (std::size_t size = 0; size < 600; ++size) {
      if (size == 60) size = 470;
      for (const char* unit : {"y", "y ", "7, "}) {
        std::string padding;
        while (padding.size() < size) padding += unit;
        const std::string text = ExcerptOf(Replaced(carrier, "<p>", padding));
        ASSERT_FALSE(Sings(text)) << carrier << " at " << size << "\n" << text;
      }
    }
  }
}

TEST(Excerpt, MasksOtherMatches) {
  const std::string record = "from carol@x.org to bob@corp-real.com ok";
  const auto begin = static_cast<std::uint32_t>(record.find(kValue));
  const std::vector<Span> others = {{5, 16}};
  EXPECT_EQ(
      WithClass(MaskedExcerpt(record, {begin, begin + 17}, others, true), "e"),
      "from [...] to [e] ok");
}

}  // namespace
}  // namespace logspill
