const all=name=>[...document.querySelectorAll(name)],one=name=>document.querySelector(name);
const cards=all("article"),rows=all(".summary tbody tr"),folds=all("details"),chosen=new Set(),search=one("#search");
const show=()=>{const words=search.value.toLowerCase().split(/\s+/).filter(Boolean);let left=0;
cards.forEach((card,place)=>{const as=card.dataset.as,text=(card.textContent+(as?one("#"+as).textContent:"")).toLowerCase();
const off=(chosen.size&&!chosen.has(card.dataset.verdict))||!words.every(word=>text.includes(word));
card.hidden=off;if(rows[place])rows[place].hidden=off;left+=!off});
one("#left").textContent=left===cards.length?"":left+" of "+cards.length+" shown"};
search.addEventListener("input",show);
for(const button of all(".counts button"))button.addEventListener("click",()=>{
const verdict=button.dataset.verdict;chosen.has(verdict)?chosen.delete(verdict):chosen.add(verdict);
button.setAttribute("aria-pressed",chosen.has(verdict));show()});
const unfold=one("#all");unfold.addEventListener("click",()=>{const open=unfold.getAttribute("aria-pressed")!=="true";
folds.forEach(part=>part.open=open);unfold.setAttribute("aria-pressed",open);
unfold.textContent=open?"Collapse all":"Expand all"});
let before=[];addEventListener("beforeprint",()=>{before=folds.map(part=>part.open);folds.forEach(part=>part.open=true)});
addEventListener("afterprint",()=>folds.forEach((part,place)=>part.open=before[place]));
