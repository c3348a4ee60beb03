"""The verbs, each written once over ports: poll, gather, enrich, deliver; read builds what people see."""
