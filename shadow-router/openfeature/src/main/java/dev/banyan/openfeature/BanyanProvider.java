package dev.banyan.openfeature;

import dev.banyan.api.Mode;
import dev.banyan.api.Way;
import dev.banyan.router.flags.Assignment;
import dev.banyan.router.flags.FlagPolicy;
import dev.banyan.router.flags.FlagSnapshot;
import dev.banyan.router.flags.ModuleFlag;
import dev.openfeature.sdk.ErrorCode;
import dev.openfeature.sdk.EvaluationContext;
import dev.openfeature.sdk.EventProvider;
import dev.openfeature.sdk.ImmutableMetadata;
import dev.openfeature.sdk.Metadata;
import dev.openfeature.sdk.ProviderEvaluation;
import dev.openfeature.sdk.ProviderEventDetails;
import dev.openfeature.sdk.Reason;
import dev.openfeature.sdk.Value;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * For any thread: Banyan's flags as OpenFeature has them. A flag's key is a module's name. As a
 * boolean it tells whether Java answers the module; as a string who does: {@code lua}, {@code
 * shadow} (Lua answers, Java is compared) or {@code java}. The answer is the one that a request
 * with the same variables gets at the edge.
 *
 * <p>The context's attributes are nginx variables by name ({@code remote_addr}, {@code
 * http_x_beta}, {@code uri}). The targeting key stands for the module's sticky key where no
 * variable of it is given.
 */
public final class BanyanProvider extends EventProvider {
  private static final String NAME = "banyan";

  private final Supplier<FlagSnapshot> flags;
  private final Supplier<FlagPolicy> policy;

  /**
   * A provider of these.
   *
   * @param flags in force; read at each evaluation
   * @param policy what they are judged by, with the modules' sticky keys
   */
  public BanyanProvider(Supplier<FlagSnapshot> flags, Supplier<FlagPolicy> policy) {
    this.flags = flags;
    this.policy = policy;
  }

  /** Tells clients that a module's flag has changed. */
  public void changed(String module) {
    emitProviderConfigurationChanged(
        ProviderEventDetails.builder().flagsChanged(List.of(module)).build());
  }

  @Override
  public Metadata getMetadata() {
    return () -> NAME;
  }

  @Override
  public ProviderEvaluation<Boolean> getBooleanEvaluation(
      String module, Boolean otherwise, EvaluationContext context) {
    return decided(module, otherwise, context, Way.JAVA::equals);
  }

  @Override
  public ProviderEvaluation<String> getStringEvaluation(
      String module, String otherwise, EvaluationContext context) {
    return decided(module, otherwise, context, BanyanProvider::name);
  }

  @Override
  public ProviderEvaluation<Integer> getIntegerEvaluation(
      String module, Integer otherwise, EvaluationContext context) {
    return mistyped(module, otherwise);
  }

  @Override
  public ProviderEvaluation<Double> getDoubleEvaluation(
      String module, Double otherwise, EvaluationContext context) {
    return mistyped(module, otherwise);
  }

  @Override
  public ProviderEvaluation<Value> getObjectEvaluation(
      String module, Value otherwise, EvaluationContext context) {
    return mistyped(module, otherwise);
  }

  private <T> ProviderEvaluation<T> decided(
      String module, T otherwise, EvaluationContext context, Function<Way, T> told) {
    FlagPolicy rules = policy.get();
    FlagSnapshot snapshot = flags.get();
    if (rules.module(module) == null) {
      return ProviderEvaluation.<T>builder()
          .value(otherwise)
          .reason(Reason.ERROR.toString())
          .errorCode(ErrorCode.FLAG_NOT_FOUND)
          .errorMessage("module \"" + module + "\" is not configured in banyan.yaml")
          .build();
    }
    Way way =
        new Assignment(snapshot, rules)
            .way(module, variable -> variable(context, variable, rules, module));
    ModuleFlag flag = snapshot.flag(module);
    return ProviderEvaluation.<T>builder()
        .value(told.apply(way))
        .variant(name(way))
        .reason(reason(flag).toString())
        .flagMetadata(
            ImmutableMetadata.builder()
                .addString("mode", flag.mode().label())
                .addDouble("percent", flag.share().percent())
                .addLong("version", snapshot.version())
                .build())
        .build();
  }

  /** A variable's value; the targeting key for the first of the variables that make a user. */
  private static @Nullable String variable(
      EvaluationContext context, String name, FlagPolicy rules, String module) {
    Value value = context.getValue(name);
    if (value != null && value.isString()) {
      return value.asString();
    }
    var known = rules.module(module);
    boolean last = known != null && known.stickyKeys().getLast().equals(name);
    return last ? context.getTargetingKey() : null;
  }

  private static Reason reason(ModuleFlag flag) {
    if (!flag.match().isAll()) {
      return Reason.TARGETING_MATCH;
    }
    return flag.mode() == Mode.CANARY ? Reason.SPLIT : Reason.STATIC;
  }

  private static String name(Way way) {
    return way.name().toLowerCase(Locale.ROOT);
  }

  private static <T> ProviderEvaluation<T> mistyped(String module, T otherwise) {
    return ProviderEvaluation.<T>builder()
        .value(otherwise)
        .reason(Reason.ERROR.toString())
        .errorCode(ErrorCode.TYPE_MISMATCH)
        .errorMessage(
            "module \"" + module + "\" is a boolean (whether Java answers) or a string (who does)")
        .build();
  }
}
