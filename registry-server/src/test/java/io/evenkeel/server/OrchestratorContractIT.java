package io.evenkeel.server;

/** A registry behind the server's orchestrator dialect is a registry like any other. */
class OrchestratorContractIT extends ServedRegistryContract {
  OrchestratorContractIT() {
    super(Protocol.ORCHESTRATOR);
  }
}
