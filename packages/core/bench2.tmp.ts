import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse as ub } from "unbash";
import { createSourceCode } from "/work/main/packages/core/src/index.ts";
const files:string[]=[]; const rec=(d:string)=>{for(const e of readdirSync(d,{withFileTypes:true})){const p=join(d,e.name); if(e.isDirectory())rec(p); else files.push(p);}};
rec("/work/shared/corpus"); const texts=files.map(f=>readFileSync(f,"utf8"));
const cpu=(f:()=>void)=>{const a=process.cpuUsage();f();const b=process.cpuUsage(a);return ((b.user)/1000/texts.length).toFixed(4)};
for(const pass of [0,1,2,3]){
 let scs:any[]=[]; const p=cpu(()=>{scs=texts.map(t=>createSourceCode(t))});
 const sh=cpu(()=>{for(const sc of scs)for(const x of sc.ast.instructions)sc.facts.shell(x)});
 const scripts:any[]=[]; const mk=cpu(()=>{for(const sc of scs)for(const x of sc.ast.instructions){const s=sc.facts.script(x);if(s)scripts.push(s)}});
 const u=cpu(()=>{for(const s of scripts)if(s.text)ub(s.text.value)});
 const c=cpu(()=>{for(const s of scripts)s.commands.length});
 const w=cpu(()=>{for(const s of scripts)for(const k of s.commands){k.nameWord.loc;k.loc}});
 console.log({p,sh,mk,unbash:u,commands:c,locs:w,n:scripts.length});
}
