// Command deploycheck reads the deployment examples with the code that Docker Compose and Kubernetes read them with: a key
// that neither knows, or a value of the wrong type, is an error. Usage: deploycheck compose.yaml kubernetes.yaml
package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/compose-spec/compose-go/v2/cli"
	appsv1 "k8s.io/api/apps/v1"
	batchv1 "k8s.io/api/batch/v1"
	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/serializer/json"
)

func main() {
	if len(os.Args) != 3 {
		fail(errors.New("usage: deploycheck compose.yaml kubernetes.yaml"))
	}
	if err := checkCompose(os.Args[1]); err != nil {
		fail(err)
	}
	if err := checkKubernetes(os.Args[2]); err != nil {
		fail(err)
	}
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}

func checkCompose(path string) error {
	options, err := cli.NewProjectOptions([]string{path})
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	project, err := options.LoadProject(context.Background())
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	for _, service := range project.Services {
		for _, mount := range service.Volumes {
			if mount.Type != "bind" {
				continue
			}
			if _, err := os.Stat(mount.Source); err != nil {
				return fmt.Errorf("%s: service %s: %w", path, service.Name, err)
			}
		}
	}
	return nil
}

func checkKubernetes(path string) error {
	text, err := os.ReadFile(filepath.Clean(path))
	if err != nil {
		return err
	}
	scheme := runtime.NewScheme()
	for _, add := range []func(*runtime.Scheme) error{corev1.AddToScheme, appsv1.AddToScheme, batchv1.AddToScheme} {
		if err := add(scheme); err != nil {
			return err
		}
	}
	reader := json.NewSerializerWithOptions(json.DefaultMetaFactory, scheme, scheme, json.SerializerOptions{Yaml: true, Strict: true})
	for index, document := range bytes.Split(text, []byte("\n---\n")) {
		if _, _, err := reader.Decode(document, nil, nil); err != nil {
			return fmt.Errorf("%s: document %d: %w", path, index+1, err)
		}
	}
	return nil
}
