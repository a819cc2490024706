#include "scanner/callsite/note_cache.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

namespace logspill {
namespace {

namespace fs = std::filesystem;

FileNotes Sample() {
  FileNotes notes;
  CallSite site;
  site.language = "python";
  site.framework = "logging";
  site.line = 300;
  site.level = "info";
  site.message.literals = {"paid ", ""};
  site.message.holes.resize(1);
  site.message.holes[0].argument = "user.id";
  site.fields.resize(1);
  site.fields[0].key = "k";
  site.flags = {"variant"};
  notes.sites.push_back(site);
  notes.wrappers.push_back({.function = "note",
                            .class_name = "",
                            .site = 0,
                            .hole = 0,
                            .parameter = 1,
                            .parameter_name = "text",
                            .level_parameter = -1,
                            .rest = "printf",
                            .up = 2,
                            .has_parameter = false,
                            .joins_rest = true});
  notes.unknown = {"LATE"};
  notes.constants["LATE"] = {{LiteralPiece("late")}};
  CallNote call;
  call.callee = "note";
  call.place = site;
  call.arguments.push_back({"", "x", false, {{HolePiece("x", "")}}});
  notes.calls.push_back(call);
  notes.parsed = true;
  return notes;
}

TEST(Notes, ComeBackAsTheyWerePacked) {
  const std::string packed = PackNotes(Sample());
  const auto back = UnpackNotes(packed);
  ASSERT_TRUE(back.has_value());
  EXPECT_EQ(PackNotes(*back), packed);
  EXPECT_EQ(back->sites[0].line, 300u);
  EXPECT_EQ(back->sites[0].message.Text(), "paid {}");
  EXPECT_EQ(back->wrappers[0].level_parameter, -1);
  EXPECT_EQ(back->wrappers[0].up, 2u);
  EXPECT_FALSE(back->wrappers[0].has_parameter);
  EXPECT_TRUE(back->wrappers[0].joins_rest);
  EXPECT_EQ(back->constants.at("LATE")[0][0].text, "late");
}

TEST(Notes, CutAnywhereAreNone) {
  const std::string packed = PackNotes(Sample());
  for (std::size_t size = 0; size < packed.size(); ++size) {
    EXPECT_FALSE(UnpackNotes(std::string_view(packed).substr(0, size)))
        << size << " bytes";
  }
  for (std::size_t at = 0; at < packed.size(); ++at) {
    std::string changed = packed;
    changed[at] = static_cast<char>(changed[at] ^ 0x80);
    (void)UnpackNotes(changed);  // any outcome but a crash
  }
}

TEST(ContentHash, DependsOnEveryByteAndOnWhereTextsEnd) {
  const auto of = [](std::initializer_list<std::string_view> texts) {
    ContentHash hash;
    for (const std::string_view text : texts) hash.Add(text);
    return hash.Get();
  };
  EXPECT_EQ(of({"abc"}), of({"abc"}));
  EXPECT_NE(of({"abc"}), of({"abd"}));
  EXPECT_NE(of({"ab", "c"}), of({"a", "bc"}));
  EXPECT_NE(of({std::string(40, 'a')}), of({std::string(41, 'a')}));
}

TEST(NoteCache, KeepsNotesFromRunToRunForItsOwnerAlone) {
  std::string folder = (fs::temp_directory_path() / "notes.XXXXXX").string();
  ASSERT_NE(::mkdtemp(folder.data()), nullptr);
  const std::string path = folder + "/deep/cache";
  const ContentHash::Digest key{1, 2};
  {
    NoteCache cache(path);
    EXPECT_FALSE(cache.Find(key));
    cache.Put(key, Sample());
    cache.Save();
  }
  struct stat info {};
  ASSERT_EQ(::stat(path.c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777u, 0600u);
  {
    NoteCache cache(path);
    const auto found = cache.Find(key);
    ASSERT_TRUE(found.has_value());
    EXPECT_EQ(PackNotes(*found), PackNotes(Sample()));
    EXPECT_FALSE(cache.Find({1, 3}));
  }
  fs::permissions(path, fs::perms(0666));
  EXPECT_FALSE(NoteCache(path).Find(key)) << "others could have written it";
  fs::permissions(path, fs::perms(0600));
  fs::resize_file(path, fs::file_size(path) - 1);
  EXPECT_FALSE(NoteCache(path).Find(key)) << "a damaged file is none";
  fs::remove_all(folder);
}

}  // namespace
}  // namespace logspill
