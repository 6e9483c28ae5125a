// Command graph-proof compares the build graphs that the real BuildKit makes of two Dockerfiles.
//
// It reads JSON objects from standard input, one a line: the texts before and after, and bases, the configurations of
// base images by their names as written (a plain PATH where there is none). It prints one JSON object a line, in the
// same order:
//
//	error    why one of the two does not convert to LLB (absent where both do)
//	copied   what stages of after take from other stages, by COPY --from or a mount: the stage or image that is read, as
//	         its vertex is described, the paths, and whether the graph of before has the same vertex. The digest of a
//	         vertex covers all that it is made of, so that the same vertex has the same files.
//	before   the configuration of the image, without its history; after the same
//
// Vertices are compared by a Merkle digest over the marshalled operations. The build context counts as a whole: which
// of its files are sent depends on the other stages.
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"strings"

	"github.com/moby/buildkit/client/llb"
	"github.com/moby/buildkit/client/llb/sourceresolver"
	"github.com/moby/buildkit/frontend/dockerfile/dockerfile2llb"
	"github.com/moby/buildkit/solver/pb"
	"github.com/opencontainers/go-digest"
)

type question struct {
	Before string                     `json:"before"`
	After  string                     `json:"after"`
	Bases  map[string]json.RawMessage `json:"bases"`
}

type copied struct {
	Vertex   string   `json:"vertex"`
	Paths    []string `json:"paths"`
	InBefore bool     `json:"inBefore"`
}

type answer struct {
	Error  string          `json:"error,omitempty"`
	Copied []copied        `json:"copied"`
	Before json.RawMessage `json:"before,omitempty"`
	After  json.RawMessage `json:"after,omitempty"`
}

// allCaps says that the builder can do all that this version of BuildKit knows.
var allCaps = pb.Caps.CapSet(pb.Caps.All())

type bases map[string]json.RawMessage

func (b bases) ResolveImageConfig(_ context.Context, ref string, _ sourceresolver.Opt) (string, digest.Digest, []byte, error) {
	config := json.RawMessage(`{"Env":["PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"],"WorkingDir":"/"}`)
	name := strings.TrimPrefix(strings.TrimPrefix(ref, "docker.io/"), "library/")
	for written, given := range b {
		if name == written || name == written+":latest" || ref == written {
			config = given
		}
	}
	// An image without layers would be left out of the graph.
	image := fmt.Sprintf(`{"architecture":"amd64","os":"linux","config":%s,"rootfs":{"type":"layers","diff_ids":[%q]}}`, config, digest.FromString(ref))
	return ref, "", []byte(image), nil
}

// vertex is an operation whose inputs are named by their own digests.
type vertex struct {
	op     *pb.Op
	inputs []string
	name   string
}

type graph struct {
	vertices map[string]vertex
	config   json.RawMessage
}

func convert(dockerfile string, images bases) (graph, error) {
	opt := dockerfile2llb.ConvertOpt{MetaResolver: images, LLBCaps: &allCaps}
	res, err := dockerfile2llb.Dockerfile2LLB(context.Background(), []byte(dockerfile), opt)
	if err != nil {
		return graph{}, err
	}
	def, err := res.State.Marshal(context.Background(), llb.LinuxAmd64, llb.LocalUniqueID("context"))
	if err != nil {
		return graph{}, err
	}
	config, err := json.Marshal(res.Image.Config)
	if err != nil {
		return graph{}, err
	}
	found := graph{map[string]vertex{}, config}
	digests := map[string]string{}
	// The definition lists each operation behind those that it reads.
	for _, raw := range def.Def {
		op := &pb.Op{}
		if err := op.UnmarshalVT(raw); err != nil {
			return graph{}, err
		}
		v := vertex{op: op, name: def.Metadata[digest.FromBytes(raw)].Description["llb.customname"]}
		if source := op.GetSource(); source != nil {
			if strings.HasPrefix(source.Identifier, "local://") {
				source.Attrs = nil
			}
			v.name = source.Identifier
		}
		for _, input := range op.Inputs {
			own, known := digests[input.Digest]
			if !known {
				return graph{}, fmt.Errorf("an operation stands before one that it reads")
			}
			input.Digest = own
			v.inputs = append(v.inputs, fmt.Sprintf("%s#%d", own, input.Index))
		}
		normal, err := op.MarshalVT()
		if err != nil {
			return graph{}, err
		}
		own := digest.FromBytes(normal).String()
		digests[digest.FromBytes(raw).String()] = own
		found.vertices[own] = v
	}
	return found, nil
}

// taken gives the inputs that an operation reads besides the file system that it changes, with the paths.
func taken(op *pb.Op) map[int64][]string {
	paths := map[int64][]string{}
	if file := op.GetFile(); file != nil {
		for _, action := range file.Actions {
			if from := action.GetCopy(); from != nil && action.SecondaryInput >= 0 && int(action.SecondaryInput) < len(op.Inputs) {
				input := int64(action.SecondaryInput)
				paths[input] = append(paths[input], from.Src)
			}
		}
	}
	if exec := op.GetExec(); exec != nil {
		for _, mount := range exec.Mounts {
			if mount.Dest != "/" && mount.Input >= 0 && int(mount.Input) < len(op.Inputs) {
				input := int64(mount.Input)
				paths[input] = append(paths[input], mount.Selector)
			}
		}
	}
	return paths
}

func ask(q question) (a answer) {
	a.Copied = []copied{}
	defer func() {
		if e := recover(); e != nil {
			a.Error = fmt.Sprint("panic: ", e)
		}
	}()
	before, err := convert(q.Before, q.Bases)
	if err != nil {
		a.Error = "before: " + err.Error()
		return a
	}
	after, err := convert(q.After, q.Bases)
	if err != nil {
		a.Error = "after: " + err.Error()
		return a
	}
	a.Before, a.After = before.config, after.config
	for _, v := range after.vertices {
		for input, paths := range taken(v.op) {
			own := v.op.Inputs[input].Digest
			read := after.vertices[own]
			if strings.HasPrefix(read.name, "local://") {
				continue
			}
			_, same := before.vertices[own]
			a.Copied = append(a.Copied, copied{read.name, paths, same})
		}
	}
	return a
}

func main() {
	in := bufio.NewScanner(os.Stdin)
	in.Buffer(nil, 1<<24)
	out := json.NewEncoder(os.Stdout)
	out.SetEscapeHTML(false)
	for in.Scan() {
		var q question
		if err := json.Unmarshal(in.Bytes(), &q); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		if err := out.Encode(ask(q)); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
	if err := in.Err(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
