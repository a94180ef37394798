package dev.banyan.nginx;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The main context.
 *
 * @param workers {@code worker_processes}; 0 stands for {@code auto}
 * @param environment {@code env}: names whose value is passed on, with the value where one is given
 * @param threadPools {@code thread_pool} by name
 * @param pid the file that holds the process's number; null for none given
 * @param use {@code use}, how connections are waited for, as it is written; empty for what is
 *     standard
 */
public record MainConf(
    int workers,
    List<LogSettings.ErrorLog> errorLogs,
    Map<String, String> environment,
    List<String> passedEnvironment,
    Map<String, ThreadPool> threadPools,
    @Nullable String pid,
    String use,
    boolean daemon,
    java.time.Duration workerShutdownTimeout) {
  public MainConf {
    errorLogs = List.copyOf(errorLogs);
    environment = Map.copyOf(environment);
    passedEnvironment = List.copyOf(passedEnvironment);
    threadPools = Map.copyOf(threadPools);
  }

  /**
   * A {@code thread_pool}.
   *
   * @param threads how many tasks run at once
   * @param maxQueue how many more may wait
   */
  public record ThreadPool(int threads, int maxQueue) {}
}
