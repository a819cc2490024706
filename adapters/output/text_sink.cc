#include "adapters/output/text_sink.h"

#include <fmt/format.h>

#include "adapters/output/text.h"

namespace logspill {

bool TextSink::OnFinding(const Finding& finding) {
  const Palette palette(options_.colour);
  std::string name = Printable(finding.input);
  if (finding.member) name += "!" + Printable(*finding.member);
  std::string line =
      fmt::format("{}:{}: {} {}", name, finding.line,
                  palette.Of(finding.severity, Name(finding.severity)),
                  palette.Bold(Printable(finding.class_name)));
  for (const FindingSite& site : finding.sites) {
    line += fmt::format(" {}:{}", Printable(site.site->file), site.site->line);
  }
  if (!finding.revealed.empty()) line += " " + Printable(finding.revealed);
  line += " " + palette.Dim(finding.fingerprint);
  if (!finding.excerpt.empty()) line += "  " + Printable(finding.excerpt);
  line += "\n";
  return out_->Write(line) && out_->Flush();
}

bool TextSink::OnAmendment(const Amendment& amendment) {
  const std::string line =
      fmt::format("{} is {} ({}): {}\n", amendment.fingerprint,
                  Printable(amendment.class_name), Name(amendment.severity),
                  Printable(amendment.reason));
  return out_->Write(line) && out_->Flush();
}

bool TextSink::OnSummary(const Summary& summary) {
  const std::string gap = each_ && summary.printed != 0 ? "\n" : "";
  return out_->Write(gap + TextReport(summary, options_).Render()) &&
         out_->Flush();
}

}  // namespace logspill
