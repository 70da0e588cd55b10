package io.evenkeel.http;

import io.evenkeel.model.InstanceKey;

/** The three dialects, as a server of each would speak of a service called orders. */
enum Spoken {
  CONFIG_SERVICE("config-service", "/api/v1/registry/services/orders") {
    @Override
    String row(String id, String url) {
      return """
          {"instance_id": "%s", "service_name": "orders", "service_url": "%s",
           "status": "healthy", "service_metadata": {"instance_id": "%s"}}
          """
          .formatted(id, url, id);
    }

    @Override
    String list(String... rows) {
      return "[" + String.join(",", rows) + "]";
    }

    @Override
    String registered(String id) {
      return "{\"instance_id\": \"" + id + "\"}";
    }

    @Override
    String wireId(InstanceKey key) {
      return key.id();
    }
  },
  HEARTBEAT("heartbeat", "/services/orders") {
    @Override
    String row(String id, String url) {
      return """
          {"instance_id": "%s", "service_name": "orders", "base_url": "%s",
           "registered_at": "2026-11-21T07:00:39.320312+00:00"}
          """
          .formatted(id, url);
    }

    @Override
    String list(String... rows) {
      return """
          {"service_name": "orders", "instances": [%s], "count": %d}
          """
          .formatted(String.join(",", rows), rows.length);
    }

    @Override
    String registered(String id) {
      return "{\"instance_id\": \"" + id + "\", \"service_name\": \"orders\"}";
    }
  },
  ORCHESTRATOR("orchestrator", "/services") {
    @Override
    String row(String id, String url) {
      return """
          {"id": "%s", "url": "%s", "info": {"id": "orders", "display_name": "The Orders"},
           "expires_at": "2026-11-21T07:00:26.314222+00:00"}
          """
          .formatted(id, url);
    }

    @Override
    String list(String... rows) {
      return "{\"count\": " + rows.length + ", \"services\": [" + String.join(",", rows) + "]}";
    }

    @Override
    String registered(String id) {
      return "{\"id\": \"" + id + "\", \"status\": \"registered\", \"ttl_seconds\": 30}";
    }
  };

  final String scheme;
  final String listPath;

  Spoken(String scheme, String listPath) {
    this.scheme = scheme;
    this.listPath = listPath;
  }

  /** An instance that came from elsewhere: no {@code evenkeel} pairs. */
  abstract String row(String id, String url);

  abstract String list(String... rows);

  /** The answer to a registration. */
  abstract String registered(String id);

  String wireId(InstanceKey key) {
    return key.service() + "~" + key.id();
  }
}
