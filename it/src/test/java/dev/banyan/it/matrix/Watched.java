package dev.banyan.it.matrix;

import dev.banyan.api.Phase;
import dev.banyan.api.Way;
import dev.banyan.lua.seam.CallList;
import dev.banyan.lua.seam.SeamCall;
import dev.banyan.lua.seam.SeamReply;
import dev.banyan.lua.seam.SeamSwitch;
import dev.banyan.lua.seam.Selection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Thread-safe: a seam that counts which cell asked its ports in which phase, on which way. */
final class Watched implements SeamSwitch {
  private final SeamSwitch seam;
  private final Map<Asked, LongAdder> asked = new ConcurrentHashMap<>();
  private volatile @Nullable Cell cell;

  /** A kind of calls. */
  record Asked(Cell cell, Phase phase, Way way) {}

  Watched(SeamSwitch seam) {
    this.seam = seam;
  }

  void cell(Cell next) {
    cell = next;
  }

  /** How often each kind of call was made. */
  Map<Asked, LongAdder> asked() {
    return asked;
  }

  private void count(SeamCall call, Way way) {
    Cell now = cell;
    if (now != null && call.module().equals(now.module())) {
      asked
          .computeIfAbsent(new Asked(now, call.request().phase(), way), _ -> new LongAdder())
          .increment();
    }
  }

  @Override
  public SeamReply java(SeamCall call) {
    count(call, Way.JAVA);
    return seam.java(call);
  }

  @Override
  public boolean watchesLines() {
    return seam.watchesLines();
  }

  @Override
  public @Nullable Shadow shadow(SeamCall call) {
    count(call, Way.SHADOW);
    return seam.shadow(call);
  }

  @Override
  public @Nullable Selection select(CallList pipeline, SeamCall call) {
    return seam.select(pipeline, call);
  }

  @Override
  public Way expected(SeamCall call) {
    return seam.expected(call);
  }

  @Override
  public Way way(SeamCall call) {
    Way way = seam.way(call);
    if (way == Way.LUA) {
      count(call, way);
    }
    return way;
  }

  @Override
  public Set<String> ported(String module) {
    return seam.ported(module);
  }

  @Override
  public Set<String> mirrored(String module) {
    return seam.mirrored(module);
  }

  @Override
  public void mirror(
      String module, String function, List<@Nullable Object> arguments, String prefix) {
    seam.mirror(module, function, arguments, prefix);
  }

  @Override
  public Map<String, List<String>> methods(String module) {
    return seam.methods(module);
  }

  @Override
  public Map<String, Object> constants(String module) {
    return seam.constants(module);
  }

  @Override
  public void differs(String module, String constant) {
    seam.differs(module, constant);
  }

  @Override
  public void missing(String module, String function) {
    seam.missing(module, function);
  }

  @Override
  public Object pin(long waited) {
    return seam.pin(waited);
  }

  @Override
  public boolean answers(SeamCall call) {
    return seam.answers(call);
  }

  @Override
  public void answered(SeamCall call, Way by, long nanos) {
    seam.answered(call, by, nanos);
  }
}
