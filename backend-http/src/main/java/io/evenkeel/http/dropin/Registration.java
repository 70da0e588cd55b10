package io.evenkeel.http.dropin;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a registry accepted.
 *
 * @param serviceId the id by which the registry knows the service
 * @param serviceUrl where the service is reached
 * @param registryUrl where the registry is, without secrets
 * @param ttl how long the registration lives without being kept alive
 * @param pingUrl where the registry wants to hear of the service, null where it said nothing of it
 */
public record Registration(
    String serviceId,
    String serviceUrl,
    String registryUrl,
    Duration ttl,
    @Nullable String pingUrl) {}
