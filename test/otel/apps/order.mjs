import Anthropic from '@anthropic-ai/sdk';
import * as api from '@opentelemetry/api';
import { OTLPMetricExporter } from '@opentelemetry/exporter-metrics-otlp-http';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics';
import { NodeSDK } from '@opentelemetry/sdk-node';
import * as tollgate from '@tollgate/otel';
import OpenAI from 'openai';
import { runOrder } from './run-order.ts';

const sdk = { NodeSDK, OTLPTraceExporter, OTLPMetricExporter, PeriodicExportingMetricReader };
await runOrder({ api, sdk, tollgate, OpenAI, Anthropic });
