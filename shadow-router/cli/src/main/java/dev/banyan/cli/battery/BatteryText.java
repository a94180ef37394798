package dev.banyan.cli.battery;

import dev.banyan.cli.reproduce.BothSides;
import dev.banyan.cli.reproduce.BothSides.Answer;
import dev.banyan.cli.reproduce.Reproduction;
import dev.banyan.vectors.InputText;
import dev.banyan.vectors.ReplayRun;
import dev.banyan.vectors.ResultText;
import dev.banyan.vectors.Vector;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Owned by one thread: tells a finding with the smallest input that shows it. */
public final class BatteryText {
  private final Supplier<BothSides> fresh;

  /** Makes inputs smaller on these. */
  public BatteryText(Supplier<BothSides> fresh) {
    this.fresh = fresh;
  }

  /** The lines that tell it. */
  public List<String> of(Finding finding) {
    return switch (finding.answer()) {
      case Answer.Differ now -> smaller(finding, now);
      case Answer.Broke broke ->
          lines(new ReplayRun.Result(new Vector(finding.vector(), broke.call()), broke.outcome()));
      case Answer.Agree _, Answer.Declined _, Answer.None _ -> List.of();
    };
  }

  private List<String> smaller(Finding finding, Answer.Differ now) {
    Reproduction reproduction = new Reproduction(fresh, now.judgement().shape().id());
    return switch (reproduction.of(finding.call())) {
      case Reproduction.Result.Shown shown -> lines(shown.smallest());
      case Reproduction.Result.NotShown _ ->
          lines(new ReplayRun.Result(new Vector(finding.vector(), now.call()), now.outcome()));
    };
  }

  private static List<String> lines(ReplayRun.Result result) {
    List<String> lines = new ArrayList<>();
    InputText.of(result.vector().call()).forEach(line -> lines.add("  " + line));
    ResultText.of(result).lines().skip(1).forEach(lines::add);
    return lines;
  }
}
