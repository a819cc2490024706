#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "scanner/match/shape_scan.cc"
#include <hwy/foreach_target.h>
// foreach_target includes this file once for each instruction set.
#include <hwy/highway.h>

#include <bit>
#include <cstring>
#include <utility>

#include "scanner/match/shape_scan.h"

HWY_BEFORE_NAMESPACE();
namespace logspill {
namespace HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

constexpr std::size_t kStep = 64;   // bytes of one bitmap word
constexpr std::size_t kWords = 64;  // words of one batch: 4 KiB of text
constexpr std::size_t kBatch = kStep * kWords;

// One bit for each byte of a batch, and for the 64 bytes before it.
struct Plane {
  static constexpr std::size_t kLead = 8;  // keeps `word` aligned

  std::uint64_t* word() { return words + kLead; }
  const std::uint64_t* word() const { return words + kLead; }
  // The last word becomes the one before the next batch.
  void Next() { words[kLead - 1] = words[kLead + kWords - 1]; }

  alignas(64) std::uint64_t words[kLead + kWords] = {};
};

// What each byte of a batch is.
struct Classes {
  Plane digit, hex, upper, alnum;
  Plane dash, dot, colon, at, space, plus, percent, newline, escape;
};

using Bytes = hn::CappedTag<std::uint8_t, kStep>;

template <class Mask>
HWY_INLINE std::uint64_t BitsOf(Bytes d, Mask mask) {
#if HWY_TARGET <= HWY_AVX3
  (void)d;
  return mask.raw;  // StoreMaskBits() would take the way through memory
#else
  alignas(8) std::uint8_t part[8] = {};
  hn::StoreMaskBits(d, mask, part);
  std::uint64_t word;
  std::memcpy(&word, part, sizeof word);
  return word;
#endif
}

template <class Test>
HWY_INLINE std::uint64_t Bitmap(const std::uint8_t* text, Test test) {
  const Bytes d;
  constexpr std::size_t kLanes = hn::MaxLanes(d);
  std::uint64_t bits = 0;
  for (std::size_t i = 0; i < kStep; i += kLanes) {
    bits |= BitsOf(d, test(d, hn::LoadU(d, text + i))) << i;
  }
  return bits;
}

template <class V>
HWY_INLINE auto InRange(Bytes d, V bytes, char low, char high) {
  const auto shifted =
      hn::Sub(bytes, hn::Set(d, static_cast<std::uint8_t>(low)));
  const auto limit = hn::Set(d, static_cast<std::uint8_t>(high - low));
  return hn::Eq(hn::Min(shifted, limit), shifted);  // unsigned shifted <= limit
}

// Sets word `i` of every class from the 64 bytes at `text`.
HWY_INLINE void Classify(const std::uint8_t* text, std::size_t i, Classes* c) {
  const auto is = [text](char byte) {
    return Bitmap(text, [byte](Bytes d, auto bytes) {
      return hn::Eq(bytes, hn::Set(d, static_cast<std::uint8_t>(byte)));
    });
  };
  const auto in = [text](char low, char high) {
    return Bitmap(text, [low, high](Bytes d, auto bytes) {
      return InRange(d, bytes, low, high);
    });
  };
  const auto folded_in = [text](char low, char high) {
    return Bitmap(text, [low, high](Bytes d, auto bytes) {
      return InRange(d, hn::Or(bytes, hn::Set(d, std::uint8_t{0x20})), low,
                     high);
    });
  };
  const std::uint64_t digit = in('0', '9');
  c->digit.word()[i] = digit;
  c->hex.word()[i] = digit | folded_in('a', 'f');
  c->upper.word()[i] = in('A', 'Z');
  c->alnum.word()[i] = digit | folded_in('a', 'z');
  c->dash.word()[i] = is('-');
  c->dot.word()[i] = is('.');
  c->colon.word()[i] = is(':');
  c->at.word()[i] = is('@');
  c->space.word()[i] = is(' ');
  c->plus.word()[i] = is('+');
  const std::uint64_t percent = is('%');
  c->percent.word()[i] = percent;
  c->escape.word()[i] = percent | is('\\') | is('\x1b');
  c->newline.word()[i] = is('\n');
}

using Words = hn::ScalableTag<std::uint64_t>;
using Word = hn::Vec<Words>;

HWY_INLINE Word Now(const Plane& plane, std::size_t i) {
  return hn::LoadU(Words(), plane.word() + i);
}

// Of each byte: what held k bytes earlier.
template <int k>
HWY_INLINE Word Back(const Plane& plane, std::size_t i) {
  return hn::Or(
      hn::ShiftLeft<k>(hn::LoadU(Words(), plane.word() + i)),
      hn::ShiftRight<64 - k>(hn::LoadU(Words(), plane.word() + i - 1)));
}

HWY_INLINE Word AllOf(Word a) { return a; }
template <class... Rest>
HWY_INLINE Word AllOf(Word a, Rest... rest) {
  return hn::And(a, AllOf(rest...));
}
HWY_INLINE Word AnyOf(Word a) { return a; }
template <class... Rest>
HWY_INLINE Word AnyOf(Word a, Rest... rest) {
  return hn::Or(a, AnyOf(rest...));
}

// out[i] = combine(i) for the whole batch.  A plane is finished before another
// looks back into it.
template <class Combine>
HWY_INLINE void Fill(Plane* out, Combine combine) {
  for (std::size_t i = 0; i < kWords; i += hn::Lanes(Words())) {
    hn::StoreU(combine(i), Words(), out->word() + i);
  }
}

// out: where `in` has held for n bytes, and `again` has for the m before.
template <int n>
HWY_INLINE void Extend(const Plane& in, const Plane& again, Plane* out) {
  Fill(out,
       [&](std::size_t i) { return hn::And(Now(in, i), Back<n>(again, i)); });
}

// A chain of such steps in one plane: what each step needs of the batch before
// is a word.  Few planes are what keeps a batch in the first cache.
struct Chain {
  template <int n>
  HWY_INLINE void Extend() {
    Step<n>([](Word a, Word b) { return hn::And(a, b); });
  }
  // Where it holds, or did n bytes before.
  template <int n>
  HWY_INLINE void Widen() {
    Step<n>([](Word a, Word b) { return hn::Or(a, b); });
  }
  void Begin() { step_ = 0; }
  // Only what is looked at from the words behind needs it.
  void End() { EnterStep(); }

  Plane plane;

 private:
  // From the end, so that the words in front are still those of the last step.
  template <int n, class Combine>
  HWY_INLINE void Step(Combine combine) {
    EnterStep();
    std::uint64_t* words = plane.word();
    const std::size_t lanes = hn::Lanes(Words());
    for (std::size_t i = kWords; i > 0;) {
      i -= lanes;
      hn::StoreU(combine(Now(plane, i), Back<n>(plane, i)), Words(), words + i);
    }
  }

  void EnterStep() {
    std::uint64_t* words = plane.word();
    words[-1] = std::exchange(before_[step_++], words[kWords - 1]);
  }

  std::uint64_t before_[5] = {};
  std::size_t step_ = 0;
};

// Combines the bitmaps of one batch with the 64 bytes before it.
class Shapes {
 public:
  const Plane& found(std::size_t kind) const { return found_[kind]; }
  const Plane& any() const { return any_; }

  // How long the run of hexadecimal digits and colons is that ends before bit `at` of
  // word `i`; 0 where it begins before what is held.
  std::uint32_t RunBefore(std::size_t i, int at) const {
    const auto ones = [](std::uint64_t bits) {
      return static_cast<std::uint32_t>(std::countl_one(bits));
    };
    const std::uint64_t* word = run1_.word() + i;
    const auto here = static_cast<std::uint32_t>(at);
    const std::uint32_t inside = at == 0 ? 0 : ones(word[0] << (64 - at));
    if (inside < here) return inside;
    const std::uint32_t before = ones(word[-1]);
    return before == 64 ? 0 : here + before;
  }
  // Once the hits of the batch are written.
  void Next() { run1_.Next(); }

  void Batch(const Classes& c) {
    Dashes(c);
    Ipv4(c);
    Runs(c);
    Groups(c);
    Capitals(c);
    Alnums(c);
    Fill(&At(HitKind::kEmail), [&](std::size_t i) {
      return AllOf(Now(c.alnum, i), Back<1>(c.at, i));
    });
    Fill(&At(HitKind::kPhone), [&](std::size_t i) {
      return AllOf(Now(c.digit, i), Back<1>(c.plus, i));
    });
    Fill(&At(HitKind::kPercent), [&](std::size_t i) {
      return AllOf(Now(c.hex, i), Back<1>(c.hex, i), Back<2>(c.percent, i));
    });
    Fill(&any_, [&](std::size_t i) {
      Word bits = Now(found_[0], i);
      for (std::size_t k = 1; k < kHitKinds; ++k)
        bits = AnyOf(bits, Now(found_[k], i));
      return bits;
    });
    for (Plane* plane : {&group_, &second_, &stranger_, &two_, &three_, &four_,
                         &six_, &behind_four_, &behind_six_, &country_, &head_,
                         &cap1_, &cap2_, &cap4_, &cap8_, &cap16_, &cap26_}) {
      plane->Next();
    }
  }

 private:
  Plane& At(HitKind kind) { return found_[static_cast<std::size_t>(kind)]; }

  void Dashes(const Classes& c) {
    Fill(&At(HitKind::kUuid), [&](std::size_t i) {
      return AllOf(Now(c.dash, i), Back<1>(c.hex, i), Back<5>(c.dash, i),
                   Back<10>(c.dash, i), Back<15>(c.dash, i));
    });
    Fill(&At(HitKind::kMacDashes), [&](std::size_t i) {
      return AllOf(Now(c.dash, i), Back<1>(c.hex, i), Back<3>(c.dash, i),
                   Back<6>(c.dash, i), Back<9>(c.dash, i), Back<12>(c.dash, i));
    });
    Fill(&At(HitKind::kMacDots), [&](std::size_t i) {
      return AllOf(Now(c.dot, i), Back<5>(c.dot, i), Back<1>(c.hex, i),
                   Back<2>(c.hex, i), Back<3>(c.hex, i), Back<4>(c.hex, i),
                   Back<6>(c.hex, i), Back<9>(c.hex, i));
    });
  }

  void Ipv4(const Classes& c) {
    const auto two_to_four = [](const Plane& plane, std::size_t i) {
      return AnyOf(Back<2>(plane, i), Back<3>(plane, i), Back<4>(plane, i));
    };
    Fill(&group_, [&](std::size_t i) {
      return AllOf(Now(c.digit, i), Back<1>(c.dot, i), Back<2>(c.digit, i));
    });
    Fill(&second_, [&](std::size_t i) {
      return AllOf(Now(group_, i), two_to_four(group_, i));
    });
    Fill(&At(HitKind::kIpv4), [&](std::size_t i) {
      return AllOf(Now(group_, i), two_to_four(second_, i));
    });
  }

  void Runs(const Classes& c) {
    Fill(&stranger_, [&](std::size_t i) {
      return hn::AndNot(Now(c.hex, i), Now(c.alnum, i));
    });
    Fill(&At(HitKind::kDoubleColon), [&](std::size_t i) {
      return hn::AndNot(
          Back<2>(stranger_, i),
          hn::AndNot(AllOf(Back<2>(c.colon, i), Back<3>(c.colon, i)),
                     AllOf(Now(c.colon, i), Back<1>(c.colon, i))));
    });
    Fill(&run1_,
         [&](std::size_t i) { return AnyOf(Now(c.hex, i), Now(c.colon, i)); });
    Extend<1>(run1_, run1_, &runs_.plane);
    runs_.Begin();
    runs_.Extend<2>();
    runs_.Extend<4>();
    runs_.Extend<5>();
    runs_.End();
    Fill(&At(HitKind::kHexRun), [&](std::size_t i) {
      return hn::AndNot(Now(run1_, i), Back<1>(runs_.plane, i));
    });
  }

  void Groups(const Classes& c) {
    Extend<1>(c.digit, c.digit, &two_);
    Extend<2>(two_, c.digit, &three_);
    Extend<2>(two_, two_, &four_);
    Extend<4>(four_, two_, &six_);
    Fill(&behind_four_, [&](std::size_t i) {
      return AllOf(AnyOf(Now(c.dash, i), Now(c.space, i)), Back<1>(four_, i));
    });
    Fill(&behind_six_, [&](std::size_t i) {
      return AllOf(AnyOf(Now(c.dash, i), Now(c.space, i)), Back<1>(six_, i));
    });
    Fill(&At(HitKind::kCardGroups), [&](std::size_t i) {
      return AllOf(
          Now(four_, i),
          AnyOf(AllOf(Back<4>(behind_four_, i), Back<9>(behind_four_, i)),
                AllOf(Back<4>(behind_six_, i), Back<11>(behind_four_, i)),
                AllOf(Back<4>(c.digit, i), Back<5>(behind_six_, i),
                      Back<12>(behind_four_, i))));
    });
    Fill(&At(HitKind::kSsn), [&](std::size_t i) {
      return AllOf(Now(four_, i), Back<4>(c.dash, i), Back<5>(two_, i),
                   Back<7>(c.dash, i), Back<8>(three_, i));
    });
  }

  void Capitals(const Classes& c) {
    Extend<1>(c.upper, c.upper, &country_);
    Extend<2>(two_, country_, &head_);
    Fill(&cap1_, [&](std::size_t i) {
      return AnyOf(Now(c.upper, i), Now(c.digit, i));
    });
    Extend<1>(cap1_, cap1_, &cap2_);
    Extend<2>(cap2_, cap2_, &cap4_);
    Extend<4>(cap4_, cap4_, &cap8_);
    Extend<8>(cap8_, cap8_, &cap16_);
    Extend<10>(cap16_, cap16_, &cap26_);
    Fill(&At(HitKind::kIban), [&](std::size_t i) {
      return AnyOf(AllOf(Now(cap8_, i), Back<3>(cap8_, i), Back<11>(head_, i)),
                   AllOf(Now(c.space, i), Back<1>(cap4_, i),
                         Back<5>(c.space, i), Back<6>(head_, i)));
    });
    Fill(&At(HitKind::kUlid), [&](std::size_t i) {
      return hn::AndNot(Now(cap1_, i), Back<1>(cap26_, i));
    });
  }

  void Alnums(const Classes& c) {
    Extend<1>(c.alnum, c.alnum, &alnums_.plane);
    alnums_.Begin();
    alnums_.Extend<2>();
    alnums_.Extend<4>();
    alnums_.Extend<8>();
    alnums_.Extend<10>();
    Fill(&uppers_.plane, [&](std::size_t i) {
      return AnyOf(Now(c.upper, i), Back<1>(c.upper, i));
    });
    uppers_.Begin();
    uppers_.Widen<2>();
    uppers_.Widen<4>();
    uppers_.Widen<8>();
    uppers_.Widen<10>();
    Fill(&At(HitKind::kAlnumRun), [&](std::size_t i) {
      return hn::AndNot(Back<26>(c.alnum, i),
                        AllOf(Now(alnums_.plane, i), Now(uppers_.plane, i)));
    });
  }

  Plane group_, second_;  // IPv4
  Plane stranger_, run1_;
  Plane two_, three_, four_, six_, behind_four_, behind_six_;
  Plane country_, head_, cap1_, cap2_, cap4_, cap8_, cap16_, cap26_;
  Chain alnums_, uppers_, runs_;
  Plane found_[kHitKinds], any_;
};

// Writes the hits of a batch; keeps where the current record began.
class HitWriter {
 public:
  HitWriter(std::uint32_t kinds, std::vector<ShapeHit>* hits)
      : kinds_(kinds), hits_(hits) {}

  void Batch(std::uint32_t base, const Classes& classes, const Shapes& shapes) {
    for (std::size_t i = 0; i < kWords; ++i) {
      const std::uint64_t ends = classes.newline.word()[i];
      if (shapes.any().word()[i] != 0) {
        const std::uint64_t* escape = classes.escape.word() + i;
        Write(base, i, ends, (escape[0] | escape[-1]) != 0, shapes);
      }
      if (ends != 0) record_ = Behind(base, ends);
      base += kStep;
    }
  }

 private:
  static std::uint32_t Behind(std::uint32_t base, std::uint64_t newlines) {
    return base + 64 - static_cast<std::uint32_t>(std::countl_zero(newlines));
  }

  HWY_INLINE void Write(std::uint32_t base, std::size_t i,
                        std::uint64_t newlines, bool near_escape,
                        const Shapes& shapes) {
    const std::size_t first = hits_->size();
    for (std::size_t k = 0; k < kHitKinds; ++k) {
      if ((kinds_ >> k & 1) == 0) continue;
      for (std::uint64_t bits = shapes.found(k).word()[i]; bits != 0;
           bits &= bits - 1) {
        const int at = std::countr_zero(bits);
        const std::uint64_t before = newlines & ((std::uint64_t{1} << at) - 1);
        const auto kind = static_cast<HitKind>(k);
        hits_->push_back(
            {base + static_cast<std::uint32_t>(at),
             before == 0 ? record_ : Behind(base, before),
             kind == HitKind::kHexRun ? shapes.RunBefore(i, at) : 0, kind,
             near_escape});
      }
    }
    SortFrom(first);
  }

  // Few, and each kind's own are in order already.
  void SortFrom(std::size_t first) {
    for (std::size_t i = first + 1; i < hits_->size(); ++i) {
      for (std::size_t j = i; j > first && (*hits_)[j].at < (*hits_)[j - 1].at;
           --j) {
        std::swap((*hits_)[j], (*hits_)[j - 1]);
      }
    }
  }

  std::uint32_t kinds_;
  std::uint32_t record_ = 0;
  std::vector<ShapeHit>* hits_;
};

std::uint64_t ScanAll(std::string_view text, std::uint32_t kinds,
                      std::vector<ShapeHit>* hits) {
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  Classes classes;
  Shapes shapes;
  HitWriter writer(kinds, hits);
  std::uint64_t newlines = 0;
  std::size_t at = 0;
  // One byte behind the text is looked at as well: runs end there.
  while (at <= text.size()) {
    const std::size_t base = at;
    for (std::size_t i = 0; i < kWords; ++i, at += kStep) {
      if (at + kStep <= text.size()) {
        Classify(bytes + at, i, &classes);
      } else {
        alignas(64) std::uint8_t rest[kStep] = {};
        if (at < text.size()) std::memcpy(rest, bytes + at, text.size() - at);
        Classify(rest, i, &classes);
      }
      newlines +=
          static_cast<std::uint64_t>(std::popcount(classes.newline.word()[i]));
    }
    shapes.Batch(classes);
    writer.Batch(static_cast<std::uint32_t>(base), classes, shapes);
    shapes.Next();
    for (Plane* plane :
         {&classes.digit, &classes.hex, &classes.upper, &classes.alnum,
          &classes.dash, &classes.dot, &classes.colon, &classes.at,
          &classes.space, &classes.plus, &classes.percent, &classes.escape}) {
      plane->Next();
    }
  }
  return newlines;
}

}  // namespace HWY_NAMESPACE
}  // namespace logspill
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace logspill {

HWY_EXPORT(ScanAll);

std::uint64_t ScanShapes(std::string_view text, std::uint32_t kinds,
                         std::vector<ShapeHit>* hits) {
  return HWY_DYNAMIC_DISPATCH(ScanAll)(text, kinds, hits);
}

}  // namespace logspill
#endif
