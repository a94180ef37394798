package dev.banyan.server.serve;

import dev.banyan.gateway.path.PipelineRule;
import dev.banyan.gateway.path.Pipelines;
import dev.banyan.nginx.NginxConf;
import java.util.List;
import java.util.function.Function;

/**
 * For any thread: the declared pipelines, found anew in each configuration that is put in force.
 */
final class PipelinesInForce implements Function<NginxConf, Pipelines> {
  private volatile List<PipelineRule> rules;

  PipelinesInForce(List<PipelineRule> first) {
    this.rules = first;
  }

  List<PipelineRule> rules() {
    return rules;
  }

  /** Takes others for the configurations from now on. */
  void replace(List<PipelineRule> others) {
    rules = others;
  }

  @Override
  public Pipelines apply(NginxConf conf) {
    return Pipelines.of(rules, conf.http());
  }
}
