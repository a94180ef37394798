package dev.banyan.server.figures;

import dev.banyan.router.parity.CallCost;
import dev.banyan.router.parity.ClassParity;
import dev.banyan.router.parity.LatencyBins;
import dev.banyan.router.parity.ModuleParity;
import dev.banyan.router.parity.ParitySnapshot;
import dev.banyan.router.parity.Proof;
import dev.banyan.router.parity.RuleUse;
import dev.banyan.router.parity.TrafficClass;
import dev.banyan.router.parity.Verdicts;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Parity as the trees that are shown as JSON. */
public final class ParityFigures {
  private static final double NANOS_A_MICRO = 1e3;

  private ParityFigures() {}

  /** A module's verdicts, and what they prove. */
  static Map<String, @Nullable Object> parity(ParitySnapshot now) {
    Map<String, @Nullable Object> tree = verdicts(now.verdicts());
    tree.put("proof", proof(now.proof()));
    return tree;
  }

  /** What a call costs on both sides; null when too few were measured. */
  public static @Nullable Map<String, Object> cost(CallCost cost) {
    if (!cost.isEnough()) {
      return null;
    }
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("measured", cost.calls());
    tree.put("luaMicros", cost.luaNanos() / NANOS_A_MICRO / cost.calls());
    tree.put("javaMicros", cost.javaNanos() / NANOS_A_MICRO / cost.calls());
    tree.put("luaOctets", cost.luaOctets() / cost.calls());
    tree.put("javaOctets", cost.javaOctets() / cost.calls());
    return tree;
  }

  /** How long the calls of a module took on both sides. */
  public static Map<String, Object> latency(ModuleParity page) {
    LatencyBins lua = page.luaLatencies().bins();
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("module", page.module());
    tree.put("edgesMicros", lua.edges());
    tree.put("lua", lua.counts());
    tree.put("java", page.javaLatencies().bins().counts());
    return tree;
  }

  private static Map<String, @Nullable Object> verdicts(Verdicts verdicts) {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    tree.put("compared", verdicts.compared());
    tree.put("matched", verdicts.matched());
    tree.put("ignored", verdicts.ignored());
    tree.put("mismatched", verdicts.mismatched());
    tree.put("skipped", verdicts.skipped());
    tree.put("broken", verdicts.broken());
    tree.put("share", verdicts.parity());
    tree.put("atLeast", verdicts.lowerBound());
    return tree;
  }

  private static Map<String, @Nullable Object> proof(Proof proof) {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    tree.put("holds", proof.holds());
    tree.put("target", proof.target());
    tree.put("atLeast", proof.atLeast());
    tree.put("classes", proof.classes());
    tree.put("unproven", proof.unproven());
    ClassParity weakest = proof.weakest();
    tree.put("weakest", weakest == null ? null : weakest.trafficClass().label());
    tree.put("weakestCompared", weakest == null ? 0 : weakest.verdicts().compared());
    tree.put("weakestDifferent", weakest == null ? 0 : weakest.verdicts().different());
    tree.put("missing", proof.missing());
    return tree;
  }

  /** A module's classes of traffic, the weakest first. */
  public static Map<String, @Nullable Object> classes(ModuleParity page) {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    tree.put("module", page.module());
    tree.put("proof", proof(page.snapshot().proof()));
    tree.put("overflowed", page.overflowedClasses());
    tree.put("classes", page.classes().stream().map(ParityFigures::one).toList());
    return tree;
  }

  private static Map<String, @Nullable Object> one(ClassParity one) {
    TrafficClass is = one.trafficClass();
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    tree.put("label", is.label());
    tree.put("function", is.function());
    tree.put("key", is.traffic().key());
    tree.put("method", is.traffic().method());
    tree.put("route", is.traffic().route());
    tree.put("decision", is.decision());
    tree.put("status", is.traffic().status() == 0 ? null : is.traffic().status());
    tree.putAll(verdicts(one.verdicts()));
    return tree;
  }

  /** A module's rules, and what each has hidden. */
  public static List<Map<String, @Nullable Object>> rules(ModuleParity page) {
    return page.rules().stream().map(ParityFigures::rule).toList();
  }

  private static Map<String, @Nullable Object> rule(RuleUse use) {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    tree.put("at", use.rule().at().toString());
    tree.put("function", use.rule().function());
    tree.put("does", use.rule().lenience().text());
    tree.put("reason", use.rule().reason());
    tree.put("until", use.rule().until().toString());
    tree.put("expired", use.expired());
    tree.put("hidden", use.hidden());
    tree.put("line", use.rule().line());
    return tree;
  }
}
