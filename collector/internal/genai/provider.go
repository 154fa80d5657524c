package genai

import (
	"strings"

	"github.com/tollgate-dev/tollgate/collector/internal/pricing"
)

// providerNames turns what emitters write into what the conventions say. Names that are not listed stay as they are.
var providerNames = map[string]string{
	"az.ai.openai": "azure.ai.openai", "azure": "azure.ai.openai", "azure-openai": "azure.ai.openai", "azure_openai": "azure.ai.openai",
	"az.ai.inference": "azure.ai.inference", "azure_ai": "azure.ai.inference",
	"bedrock": "aws.bedrock", "amazon-bedrock": "aws.bedrock", "amazon_bedrock": "aws.bedrock", "aws": "aws.bedrock",
	"amazon": "aws.bedrock", "aws_bedrock": "aws.bedrock", "bedrock_converse": "aws.bedrock",
	"gemini": "gcp.gemini", "google_ai_studio": "gcp.gemini", "google_generativeai": "gcp.gemini", "google.generative-ai": "gcp.gemini",
	"vertex_ai": "gcp.vertex_ai", "vertexai": "gcp.vertex_ai", "google_vertexai": "gcp.vertex_ai", "google-vertex": "gcp.vertex_ai",
	"google.vertex": "gcp.vertex_ai", "google": "gcp.gen_ai",
	"mistral": "mistral_ai", "mistralai": "mistral_ai", "xai": "x_ai", "moonshot": "moonshot_ai",
	"watsonx": "ibm.watsonx.ai", "ibm": "ibm.watsonx.ai",
}

// modelFamilies tell the provider where an emitter never names one (Langfuse) and no host does.
var modelFamilies = []struct{ prefix, provider string }{
	{"claude-", "anthropic"}, {"gpt-", "openai"}, {"o1", "openai"}, {"o3", "openai"}, {"o4", "openai"},
	{"text-embedding-", "openai"}, {"gemini-", "gcp.gemini"},
}

const azureOpenAIHost = ".openai.azure.com"

// providerOf names who serves the call, in the words of the conventions; "" where nothing tells.
func (f *facts) providerOf(table *pricing.Table) string {
	host := f.text(serverAddress)
	if name := f.text(provider); name != "" {
		return f.provider.of(name, host)
	}
	if f.claudeCode {
		return "anthropic"
	}
	if host != "" {
		if name := table.ProviderOfHost(strings.ToLower(host)); name != "" {
			return canonicalProvider(name, host)
		}
	}
	return familyOf(f.model())
}

// model is the one that answered, else the one that was asked for.
func (f *facts) model() string {
	if answered := f.text(responseModel); answered != "" {
		return answered
	}
	return f.text(requestModel)
}

// named remembers what the last provider's name stands for: most batches have one provider.
type named struct{ name, host, canonical string }

func (n *named) of(name, host string) string {
	if n.name != name || n.host != host {
		*n = named{name, host, canonicalProvider(name, host)}
	}
	return n.canonical
}

func canonicalProvider(name, host string) string {
	name = lowered(name)
	if strings.HasSuffix(host, azureOpenAIHost) {
		return "azure.ai.openai"
	}
	for known := name; ; {
		if canonical, is := providerNames[known]; is {
			return canonical
		}
		dot := strings.LastIndexByte(known, '.')
		if dot == -1 {
			return withoutApi(name)
		}
		known = known[:dot]
	}
}

// apis are endings by which SDKs tell the APIs of one provider apart.
var apis = []string{".chat", ".responses", ".messages", ".completion", ".embedding", ".image", ".speech", ".transcription"}

func withoutApi(name string) string {
	for _, api := range apis {
		if rest, has := strings.CutSuffix(name, api); has {
			return rest
		}
	}
	return name
}

func familyOf(model string) string {
	for _, family := range modelFamilies {
		if strings.HasPrefix(model, family.prefix) {
			return family.provider
		}
	}
	return ""
}

// lowered allocates only where there is something to lower.
func lowered(name string) string { return strings.ToLower(strings.TrimSpace(name)) }
