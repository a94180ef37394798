package dev.banyan.lua.ngx;

import dev.banyan.lua.LuaVm;
import dev.banyan.lua.Table;

/** Where all of the API comes together: what a machine has under {@code ngx} and can require. */
final class ApiAssembly {
  private ApiAssembly() {}

  static void open(NgxMachine machine, NgxLibraries libraries) {
    LuaVm vm = machine.vm();
    Table ngx = new Table(0, 128);
    vm.modules().library("ngx", ngx);
    libraries.open(ngx);
    Bindings bindings = new Bindings(vm, ngx);
    bindings.value("ngx.var", new VarTable(vm));
    HeaderTable header = new HeaderTable(vm);
    bindings.value("ngx.header", header);
    bindings.value("ngx.arg", new ArgTable(vm));
    Properties.open(bindings, ngx);
    Output.open(bindings);
    Control.open(bindings);
    LogApi.open(bindings);
    RequestFields.open(bindings);
    RequestLine.open(bindings);
    RequestBodyApi.open(bindings);
    RespModule.open(bindings, header);
    ThreadApi.open(bindings);
    CoroutineApi.open(bindings);
    CaptureApi.open(bindings);
    TimerApi.open(bindings);
    WorkerApi.open(bindings);
    WorkerThreadApi.open(bindings, libraries.settings(), machine.worker());
    AbortApi.open(bindings);
    SemaphoreModule.open(bindings);
    BalancerModule.open(bindings);
    ErrlogModule.open(bindings);
    ProcessModule.open(bindings);
    PipeModule.open(bindings, libraries.environment());
    UpstreamModule.open(bindings);
    SslModule.open(bindings);
    ClientHelloModule.open(bindings);
    SessionModule.open(bindings);
    OcspModule.open(bindings, libraries.settings());
    TcpSockets.open(bindings);
    UdpSockets.open(bindings);
    EnvironmentApi.open(bindings, libraries.environment());
    NdkModule.open(vm);
    WriteGuard.open(vm);
  }
}
