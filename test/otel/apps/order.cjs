const Anthropic = require('@anthropic-ai/sdk');
const api = require('@opentelemetry/api');
const { OTLPMetricExporter } = require('@opentelemetry/exporter-metrics-otlp-http');
const { OTLPTraceExporter } = require('@opentelemetry/exporter-trace-otlp-http');
const { PeriodicExportingMetricReader } = require('@opentelemetry/sdk-metrics');
const { NodeSDK } = require('@opentelemetry/sdk-node');
const tollgate = require('@tollgate/otel');
const OpenAI = require('openai');
const { runOrder } = require('./run-order.ts');

const sdk = { NodeSDK, OTLPTraceExporter, OTLPMetricExporter, PeriodicExportingMetricReader };
void runOrder({ api, sdk, tollgate, OpenAI, Anthropic });
