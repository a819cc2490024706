#include <gtest/gtest.h>

#include "tests/verify/verdict.h"

namespace logspill {
namespace {

TEST(Uuid, TakesEveryVersionOfTheStandard) {
  // RFC 9562, appendix A.
  for (const char* uuid : {"C232AB00-9414-11EC-B3C8-9F6BDECED846",
                           "5df41881-3aed-3515-88a7-2f4a814cf09e",
                           "919108f7-52d1-4320-9bac-f847db4148a8",
                           "2ed6657d-e927-568b-95e1-2665a8aea6a2",
                           "1EC9414C-232A-6B00-B3C8-9F6BDECED846",
                           "017F22E2-79B0-7CC3-98C4-DC0C0C07398F",
                           "2489E9AD-2EE2-8E00-8EC9-32D5F69181C0"}) {
    EXPECT_EQ(Ask("uuid", uuid), Verdict::kAccept) << uuid;
  }
}

TEST(Uuid, KnowsFiller) {
  for (const char* uuid : {"00000000-0000-0000-0000-000000000000",
                           "ffffffff-ffff-ffff-ffff-ffffffffffff",
                           "12345678-1234-1234-1234-123456789012",
                           "11111111-2222-3333-4444-555555555555"}) {
    EXPECT_EQ(Ask("uuid", uuid), Verdict::kPlaceholder) << uuid;
  }
  EXPECT_EQ(Ask("uuid", "C232AB00-9414-11EC-B3C8-9F6BDECED84"),
            Verdict::kReject);
}

TEST(Hex32, RefusesCountsAndMasks) {
  EXPECT_EQ(Ask("hex32", "54fadb412c4e40cdbaed9335e4c35a9e"), Verdict::kAccept);
  EXPECT_EQ(Ask("hex32", "00000000000000000000000000000a1f"), Verdict::kReject);
  EXPECT_EQ(Ask("hex32", "20170516135531201705161355312017"), Verdict::kReject);
}

TEST(Ulid, LooksAtItsTime) {
  EXPECT_EQ(Ask("ulid", "01ARZ3NDEKTSV4RRFFQ69G5FAV"), Verdict::kAccept);
  EXPECT_EQ(Ask("ulid", "7ZZZZZZZZZZZZZZZZZZZZZZZZZ"), Verdict::kReject);
  EXPECT_EQ(Ask("ulid", "ABCDEFGHJKMNPQRSTVWXYZABCD"), Verdict::kReject);
}

TEST(ObjectId, LooksAtItsTime) {
  EXPECT_EQ(Ask("object_id", "507f1f77bcf86cd799439011"), Verdict::kAccept);
  EXPECT_EQ(Ask("object_id", "000000000000000000000001"), Verdict::kReject);
}

TEST(KeyedId, RefusesWordsSmallNumbersAndKindsWithRulesOfTheirOwn) {
  for (const char* id : {"4711", "C-20481", "cns_8fQ2", "0x14f05578bd80018",
                         "usr-780e2104-7a54-42e3-9ce0-70a24dbf5d84"}) {
    EXPECT_EQ(Ask("keyed_id", id), Verdict::kAccept) << id;
  }
  for (const char* none :
       {"0", "12", "999", "null", "unknown", "root", "0x0",
        "780e2104-7a54-42e3-9ce0-70a24dbf5d84",
        "54fadb412c4e40cdbaed9335e4c35a9e", "j9@acme.de", "10.1.2.3"}) {
    EXPECT_EQ(Ask("keyed_id", none), Verdict::kReject) << none;
  }
}

}  // namespace
}  // namespace logspill
