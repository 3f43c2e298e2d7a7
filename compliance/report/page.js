const cards=[...document.querySelectorAll("article")],chosen=new Set(),search=document.querySelector("input[type=search]");
const show=()=>{const words=search.value.toLowerCase().split(/\s+/).filter(Boolean);let left=0;
for(const card of cards){const text=card.textContent.toLowerCase();
card.hidden=(chosen.size&&!chosen.has(card.dataset.verdict))||!words.every(word=>text.includes(word));left+=!card.hidden}
document.querySelector("#left").textContent=left===cards.length?"":left+" of "+cards.length+" shown"};
search.addEventListener("input",show);
for(const button of document.querySelectorAll(".counts button"))button.addEventListener("click",()=>{
const verdict=button.dataset.verdict;chosen.has(verdict)?chosen.delete(verdict):chosen.add(verdict);
button.setAttribute("aria-pressed",chosen.has(verdict));show()});
addEventListener("beforeprint",()=>document.querySelectorAll("details").forEach(part=>part.open=true));
