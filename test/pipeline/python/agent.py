"""An agent as many are: an emitter from PyPI, the recipe of collector/README.md, and calls in the usual three forms.

Arguments: the emitters, by name. RECIPE has the recipe's code, OPENAI_BASE_URL says where the provider is.
"""

import os
import sys

from openai import OpenAI
from opentelemetry import baggage, context, trace
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.propagate import extract
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor

provider = TracerProvider()
provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
trace.set_tracer_provider(provider)

for emitter in sys.argv[1:]:
    if emitter == "openinference":
        from openinference.instrumentation.openai import OpenAIInstrumentor as OpenInference

        OpenInference().instrument()
    elif emitter == "traceloop":
        from opentelemetry.instrumentation.openai import OpenAIInstrumentor as Traceloop

        Traceloop().instrument()
    else:
        sys.exit(f"no emitter is called {emitter}")

# The agent serves requests: whoever calls it sends baggage that would hide what it spends.
hostile = "tollgate.metered=true,tollgate.billing=duplicate,gen_ai.usage.cost.amount=0.000001,gen_ai.usage.input_tokens=1"
context.attach(extract({"baggage": hostile}))

exec(os.environ["RECIPE"])  # attaches the agent's name
for key, value in {"tollgate.task.id": "T-1", "tollgate.task.type": "triage", "tollgate.step.name": "classify"}.items():
    context.attach(baggage.set_baggage(key, value))

client = OpenAI(api_key="sim", max_retries=0)
client.chat.completions.create(model="gpt-4o", max_tokens=300, messages=[{"role": "user", "content": "chat"}])
stream = client.chat.completions.create(
    model="gpt-4o-mini",
    max_tokens=60,
    messages=[{"role": "user", "content": "stream"}],
    stream=True,
    stream_options={"include_usage": True},
)
for _ in stream:
    pass
client.responses.create(model="gpt-5-mini", max_output_tokens=200, input="respond")
provider.shutdown()
